import { randomBytes } from 'node:crypto';

/** A password that says its own end, made as Amazon ECR makes its: base64 of JSON with an `expiration`. */
export function endingPassword(inSeconds: number): string {
  const expiration = Math.floor(Date.now() / 1000) + inSeconds;
  const text = JSON.stringify({
    payload: randomBytes(60).toString('base64'),
    datakey: randomBytes(30).toString('base64'),
    version: '2',
    type: 'DATA_KEY',
    expiration,
  });
  return Buffer.from(text).toString('base64');
}
