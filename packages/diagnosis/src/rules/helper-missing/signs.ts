import type { Sign } from '../../message/sign.ts';

export const signs: readonly Sign[] = [
  {
    says: /exec: "?docker-credential-[\w.-]{1,60}"?: executable file not found|docker-credential-[\w.-]{1,60}"?:? (?:executable file not found|not installed|command not found|no such file or directory|not found|is not recognized)|docker-credential-[\w.-]{1,60}(?:" |' | )(?:could not be found|cannot be found|not installed or not available)/,
    means: 'config.json names a helper that is not installed, or not on this program’s PATH.',
    seenIn: 'docker, compose, buildx',
    line: 'error getting credentials - err: exec: "docker-credential-desktop": executable file not found in $PATH, out: ``',
    weight: 'proves',
    excludes: ['helper-failed'],
  },
  {
    says: /error executing credential helper [^\n]{0,200}(?:not found|no such file)|credential helper "?[\w.-]{1,80}"? (?:is )?not (?:found|installed)|credential (?:provider|plugin) [^\n]{0,160}(?:binary|executable|plugin) [^\n]{0,60}(?:not found|no such file|does not exist)|credential provider plugin [^\n]{0,400}no such file|fork\/exec \S{1,200}docker-credential-[\w.-]{1,60}: no such file/,
    means: 'The configuration names a helper that is not installed.',
    seenIn: 'podman, buildah, kubelet',
    line: 'error getting credentials: error executing credential helper docker-credential-ecr-login: exec: "docker-credential-ecr-login": executable file not found in $PATH',
    weight: 'proves',
    excludes: ['helper-failed'],
  },
  {
    says: /no basic auth credentials?/,
    means: 'The daemon’s side says only this when the helper is missing.',
    seenIn: 'dockerd',
    line: 'Head "https://basic.lab.test/v2/team/app/manifests/1.0": no basic auth credentials',
    weight: 'allows',
  },
];
