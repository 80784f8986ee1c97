import type { MessageFailure } from '@pull-doctor/contract/message';
import { isOfficialImage } from '../providers/docker-hub/official-images.ts';

/** What the text tells beside its causes. Signs may ask for it: the same words mean different things of different registries. */
export type Circumstances = Pick<
  MessageFailure,
  'client' | 'verb' | 'status' | 'credentialsSent' | 'registry'
> & {
  /** `library/nginx`; null where the text names no image. */
  repository: string | null;
  /** Whether layers were under way already: then the login worked at first. */
  isMidPull: boolean;
  /** Whether the registry's credentials end by themselves within hours. */
  isShortLived: boolean;
};

/** Whether a refusal can mean that no credential was sent: not where one was, nor of a sign-in. */
export const mayBeUnsigned = ({ credentialsSent, verb }: Circumstances): boolean =>
  credentialsSent !== 'yes' && verb !== 'login';

/** Whether a refusal can be about a credential that was sent. */
export const mayBeSigned = ({ credentialsSent }: Circumstances): boolean => credentialsSent !== 'no';

/** A refused sign-in says nothing of repositories. */
export const isNoLogin = ({ verb }: Circumstances): boolean => verb !== 'login';

/**
 * Whether the image is one that Docker Hub keeps in `library/`, and everybody may read: such a name is refused only where
 * there is no such image, or where the registry itself fails.
 */
export const isOfficialName = ({ registry, repository }: Circumstances): boolean =>
  registry === 'docker.io' && (repository?.startsWith('library/') ?? false);

export const isOfficial = (around: Circumstances): boolean =>
  isOfficialName(around) && isOfficialImage(around.repository ?? '');

export const isNoOfficial = (around: Circumstances): boolean =>
  isOfficialName(around) && !isOfficialImage(around.repository ?? '');

// ECR, Artifact Registry and gcr.io, ACR.
const shortLived = /\.dkr[.-]ecr[.-]|public\.ecr\.aws|\.pkg\.dev|\bgcr\.io|\.azurecr\./;

/** Whether a host, or a text that blanked the host, is of a cloud whose credentials end within hours. */
export const namesShortLived = (text: string): boolean => shortLived.test(text);

export const isShortLived = ({ isShortLived }: Circumstances): boolean => isShortLived;

export const isAzure = ({ registry }: Circumstances): boolean => registry?.endsWith('.azurecr.io') ?? false;

const github = /^(?:ghcr\.io|docker\.pkg\.github\.com)$/;
export const isGitHub = ({ registry }: Circumstances): boolean => github.test(registry ?? '');
