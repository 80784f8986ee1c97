import { gitlab } from '../../providers/gitlab/provider.ts';
import { type Reader, unknownEnd } from '../reading.ts';

const asked = 'GitLab tells it when it is asked with the token';

/** GitLab: access tokens, deploy tokens and job tokens, told by their prefix, or by the user that goes with them. */
export const readGitLab: Reader = ({ registry, user, secret }) => {
  if (secret.startsWith('glpat-'))
    return unknownEnd('GitLab access token', `It does not name its end. ${asked}.`);
  if (secret.startsWith('gldt-') || /^gitlab\+deploy-token-[0-9]+$/.test(user ?? ''))
    return unknownEnd(
      'GitLab deploy token',
      'It does not name its end, if it has one. A maintainer of the project or group can look it up.',
    );
  if (secret.startsWith('glcbt-') || user === 'gitlab-ci-token')
    return unknownEnd(
      'GitLab job token',
      'It ends with its job and does not say when. After the job, GitLab refuses it.',
    );
  // Tokens had no prefix once, and the host of a GitLab mostly says so. The length is all that there is to see.
  if ((gitlab.owns(registry) || /(?:^|\.)gitlab\./.test(registry)) && /^[\w-]{20}$/.test(secret))
    return unknownEnd(
      'GitLab token without a prefix',
      `It does not name its end, if it has one. ${asked}, unless it is a deploy token.`,
    );
  return null;
};
