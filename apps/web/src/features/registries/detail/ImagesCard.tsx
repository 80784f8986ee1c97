import type { RegistryDetail } from '@pull-doctor/contract/registries';
import { useNavigate } from '@tanstack/react-router';
import { setDraft } from '../../../draft.ts';
import { Button } from '../../../ui/Button.tsx';
import { StatusMark } from '../../../ui/StatusBadge.tsx';
import { imageOf } from './image-of.ts';
import styles from './RegistryPage.module.css';
import { Span } from './Span.tsx';

const tagsShownMax = 3;

/** The images of this registry that the daemon has, each with the way to diagnose it. */
export function ImagesCard({ images, host }: { images: RegistryDetail['images']; host: string }) {
  const navigate = useNavigate();
  return (
    <Span of={5} title="Images of it on this host">
      {images.length === 0 ? (
        <p className={styles.body}>The daemon has none of its images, or cannot be asked.</p>
      ) : (
        <ul className={styles.list}>
          {images.map((image) => (
            <li key={image.repository}>
              <StatusMark
                tone={image.failed24h > 0 ? 'invalid' : 'unknown'}
                icon={image.failed24h > 0 ? 'invalid' : 'layers'}
              />
              <span>
                <code>{image.repository}</code>
                <small>
                  {tagsText(image.tags)}
                  {image.failed24h > 0 && `, ${image.failed24h} failed in 24 h`}
                </small>
              </span>
              <Button
                size="sm"
                onClick={() => {
                  setDraft(imageOf(host, image));
                  void navigate({ to: '/diagnose' });
                }}
              >
                Diagnose<span className="sr"> {image.repository}</span>
              </Button>
            </li>
          ))}
        </ul>
      )}
    </Span>
  );
}

function tagsText(tags: readonly string[]): string {
  if (tags.length === 0) return 'without a tag';
  const more = tags.length - tagsShownMax;
  return `${tags.slice(0, tagsShownMax).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
