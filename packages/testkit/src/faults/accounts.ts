import { tokenUsers } from '../token-server.ts';
import type { Login } from './fault.ts';

/** The people of our own registries ({basic}, {token} and their names); vendors' logins stand with the look-alikes. */
export const alice: Login = { user: 'alice', password: tokenUsers.alice };
export const bob: Login = { user: 'bob', password: tokenUsers.bob };
export const aliceWithWrongPassword: Login = { user: 'alice', password: 'looking-glass' };

/** A login to which the token server misbehaves. */
export function spoiled(user: Exclude<keyof typeof tokenUsers, 'alice' | 'bob'>): Login {
  return { user, password: tokenUsers[user] };
}
