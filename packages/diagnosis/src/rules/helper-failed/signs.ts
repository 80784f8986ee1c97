import type { Sign } from '../../message/sign.ts';

export const signs: readonly Sign[] = [
  {
    says: /error (?:getting|storing|listing|erasing|removing|saving) credentials - err: (?!exec:|fork\/exec)[^\n]{1,100}/,
    means: 'The credential helper ran and ended with a fault.',
    seenIn: 'docker, compose, buildx, nerdctl',
    line: 'error getting credentials - err: exit status 1, out: `Cannot autolaunch D-Bus without X11 $DISPLAY`',
    weight: 'proves',
    excludes: ['daemon-unreachable'],
  },
  {
    says: /cannot autolaunch d-bus without x11|org\.freedesktop\.secrets|the name org\.freedesktop\.\S{1,60} was not provided|prompt dismissed|secret service/,
    means: 'The key ring of the desktop is not there in this session.',
    seenIn: 'docker-credential-secretservice',
    line: 'error getting credentials - err: exit status 1, out: `Cannot autolaunch D-Bus without X11 $DISPLAY`',
    weight: 'proves',
  },
  {
    says: /pass not initialized|pass store is uninitialized|gpg: (?:public key |)decryption failed|gpg: [^\n]{0,80}no secret key/,
    means: 'pass, or the key behind it, cannot be used in this session.',
    seenIn: 'docker-credential-pass',
    line: 'error getting credentials - err: exit status 1, out: `pass not initialized: exit status 1: Error: password store is empty`',
    weight: 'proves',
  },
  {
    says: /user interaction is not allowed|keychain (?:cannot be|is locked|error)|specified logon session does not exist|the stub received bad data|not enough memory resources are available to process this command|element not found\.? ?`|the user name or passphrase you entered is not correct/,
    means: 'The key store of the system does not open in this session.',
    seenIn: 'docker-credential-osxkeychain, docker-credential-wincred',
    line: 'error storing credentials - err: exit status 1, out: `error storing credentials - err: exit status 1, out: A specified logon session does not exist.',
    weight: 'proves',
  },
  {
    says: /credentials store error|docker-credential-[a-z-]{1,40}'[^\n]{0,40}returned non-zero exit status|credentials store docker-credential-\S{1,60} exited with|storeerror\(|(?:failure|error|failed) (?:running|to run|invoking) (?:docker )?credential helper|credential helper [^\n]{0,120}(?:failed|exited|returned)|error executing credential helper(?![^\n]{0,200}(?:not found|no such file))|helper(?:'s)? (?:output|response) [^\n]{0,40}invalid/,
    means: 'The credential helper ran and ended with a fault.',
    seenIn: 'docker-compose 1, docker-py, podman',
    line: 'docker.errors.DockerException: Credentials store error: StoreError(\'Credentials store docker-credential-osxkeychain exited with "User interaction is not allowed.".\',)',
    weight: 'proves',
  },
  {
    says: /docker-credential-[a-z-]{1,40}(?:\.exe)?["'`]?: (?:invalid argument|exec format error|permission denied|cannot execute|exit status|input\/output error|signal: )|fork\/exec \S{1,200}docker-credential-[a-z-]{1,40}(?:\.exe)?: (?!no such file)/,
    means: 'The credential helper is there and cannot be run.',
    seenIn: 'docker in WSL, docker on another architecture',
    line: '/usr/bin/docker-credential-desktop.exe: Invalid argument',
    weight: 'proves',
  },
  {
    says: /failed to get ecr credentials|error getting (?:aws|ecr) credentials|ecr-login: [^\n]{1,100}|could not get credentials from (?:the )?(?:helper|plugin)|error execing credential provider plugin|credentialproviderrequest[^\n]{0,300}invalid|(?:credential provider|credential-provider) plugin[^\n]{0,200}(?:fail|error)/,
    means: 'The helper that fetches a token did not get one.',
    seenIn: 'docker-credential-ecr-login, kubelet credential providers',
    line: 'failed to get ECR credentials: credentials not found in native keychain',
    weight: 'proves',
    excludes: ['connection-failure', 'invalid-reference'],
  },
  {
    says: /no basic auth credentials?/,
    means: 'Docker sends nothing when its helper fails.',
    seenIn: 'dockerd',
    line: 'Head "https://basic.lab.test/v2/team/app/manifests/1.0": no basic auth credentials',
    weight: 'allows',
  },
];
