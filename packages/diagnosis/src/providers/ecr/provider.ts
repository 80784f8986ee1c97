import { shellWord } from '../../words/shell-word.ts';
import { defineProvider } from '../define-provider.ts';
import { pipedLogin } from '../docker-login.ts';

// Account, FIPS and region of every partition. The list of suffixes is that of Amazon's own credential helper
// (awslabs/amazon-ecr-credential-helper, ecr-login/api/client.go).
const hostPattern =
  /^(\d{12})\.dkr[.-]ecr(-fips)?\.([a-z0-9][a-z0-9-]*)\.(?:amazonaws\.(?:com(?:\.cn)?|eu)|on\.(?:aws|amazonwebservices\.com\.cn|amazonwebservices\.eu|aws\.ic\.gov|aws\.scloud|aws\.hci\.ic\.gov|cloud-aws\.adc-e\.uk)|sc2s\.sgov\.gov|c2s\.ic\.gov|cloud\.adc-e\.uk|csp\.hci\.ic\.gov)$/;

/** What the host name of a private ECR registry says about itself. */
export function readEcrHost(host: string): { account: string; region: string } | null {
  const [, account, , region] = hostPattern.exec(host.toLowerCase()) ?? [];
  return account && region ? { account, region } : null;
}

export const ecr = defineProvider({
  id: 'ecr',
  name: 'Amazon ECR',
  shortName: (host) => {
    const read = readEcrHost(host);
    return read ? `ECR ${read.region}` : host;
  },
  mark: 'EC',
  owns: (host) => hostPattern.test(host),
  recognises: ({ challenge }) => challenge?.scheme === 'basic' && challenge.service === 'ecr.amazonaws.com',
  anonymous: 'never',
  hidesAbsence: false,
  credentialKinds: [
    {
      what: 'ECR password',
      user: 'AWS',
      life: '12 hours from when it was asked for; the password itself names the end',
    },
  ],
  signIn: ({ host }) => {
    const region = readEcrHost(host)?.region;
    return [
      pipedLogin(
        `aws ecr get-login-password${region ? ` --region ${shellWord(region)}` : ''}`,
        host,
        'AWS',
        'Asks AWS for a new password with the AWS credentials of this shell, and stores it. It works for 12 h.',
      ),
    ];
  },
  quirks: [
    'An expired password is answered with 403 DENIED, not with 401.',
    'Nothing is public: every pull needs a password.',
    'A password is stored for one host; another region or account is another host and needs its own.',
    'Layers come from an S3 bucket of the region, which a firewall must let through as well.',
  ],
  leastPrivilege:
    'The managed policy AmazonEC2ContainerRegistryPullOnly, or ecr:GetAuthorizationToken on * with ecr:BatchGetImage and ecr:GetDownloadUrlForLayer on the repository.',
  statusPage: 'https://health.aws.amazon.com/health/status',
});
