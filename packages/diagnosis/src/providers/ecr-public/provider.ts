import { defineProvider } from '../define-provider.ts';
import { pipedLogin } from '../docker-login.ts';

export const ecrPublic = defineProvider({
  id: 'ecr-public',
  name: 'Amazon ECR Public',
  shortName: () => 'ECR Public',
  mark: 'EC',
  owns: (host) => host === 'public.ecr.aws' || host === 'ecr-public.aws.com',
  recognises: ({ challenge }) => challenge?.service === 'public.ecr.aws',
  tokenRealmHosts: ['public.ecr.aws'],
  refusesWrongLogins: true,
  anonymous: 'every-image',
  hidesAbsence: false,
  credentialKinds: [
    { what: 'ECR Public password', user: 'AWS', life: '12 hours from when it was asked for' },
  ],
  signIn: ({ host }) => [
    pipedLogin(
      'aws ecr-public get-login-password --region us-east-1',
      host,
      'AWS',
      'Asks AWS for a new password and stores it. ECR Public has its sign-in in us-east-1 only.',
    ),
  ],
  quirks: [
    'A stored login that has expired breaks pulls of public images; docker logout public.ecr.aws cures that.',
    'The sign-in exists in us-east-1 only, whatever the region of the machine.',
  ],
  leastPrivilege:
    'None: anonymous pulls work. For the higher quota, ecr-public:GetAuthorizationToken and sts:GetServiceBearerToken.',
  statusPage: 'https://health.aws.amazon.com/health/status',
});
