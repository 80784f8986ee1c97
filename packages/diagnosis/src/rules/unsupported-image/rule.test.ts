import type { ManifestEvidence } from '@pull-doctor/contract/evidence/registry';
import { describe, expect, it } from 'vitest';
import { imageBody, runningDaemon } from '../../../test/evidence/healthy-pull.ts';
import { evidenceOf } from '../../../test/evidence/make-evidence.ts';
import { rowsOf, rowsOfOthers } from '../../../test/evidence/rows-by-cause.ts';
import { diagnose } from '../../engine.ts';
import { unsupportedImage } from './rule.ts';

const findings = (evidence: Parameters<typeof diagnose>[0]) =>
  diagnose(evidence, [unsupportedImage]).findings;

describe('unsupported-image', () => {
  it.each(rowsOf('unsupported-image'))('speaks when %s', (_, evidence) => {
    expect(findings(evidence)[0]).toMatchObject({ cause: 'unsupported-image' });
  });

  it.each(rowsOfOthers('unsupported-image'))('stays silent when %s', (_, evidence) => {
    expect(findings(evidence)).toEqual([]);
  });

  type Body = ReturnType<typeof imageBody>;
  const withBody = (body: Partial<Body>, daemon = runningDaemon()) => {
    const evidence = evidenceOf({}, { daemon });
    const manifest = evidence.manifest as ManifestEvidence;
    delete evidence.platform;
    return { ...evidence, manifest: { ...manifest, body: { ...imageBody(), ...body } } };
  };
  const zstd = (daemon = runningDaemon()) => {
    const image = imageBody().image as NonNullable<Body['image']>;
    const layers = image.layers.map((layer) => ({
      ...layer,
      form: 'zstd' as const,
      mediaType: 'application/vnd.oci.image.layer.v1.tar+zstd',
    }));
    return withBody({ image: { ...image, layers } }, daemon);
  };
  const chart = (daemon = runningDaemon()) => {
    const image = imageBody().image as NonNullable<Body['image']>;
    return withBody(
      { kind: 'artifact', image: { ...image, configMediaType: 'application/vnd.cncf.helm.config.v1+json' } },
      daemon,
    );
  };

  it('knows a Helm chart, and the tool that fetches it', () => {
    expect(findings(chart())[0]?.commands[0]?.command).toBe(
      'helm pull oci://registry.corp.example/team/app --version 1.0',
    );
  });

  it('does not say that a daemon with the containerd store cannot pull a chart', () => {
    expect(diagnose(chart(), [unsupportedImage]).pullable).toBe('no');
    expect(diagnose(chart(runningDaemon({ store: 'containerd' })), [unsupportedImage]).pullable).toBe(
      'unknown',
    );
  });

  it.each([
    ['Docker 23', runningDaemon({ version: '23.0.6' })],
    ['the containerd store', runningDaemon({ version: '20.10.24', store: 'containerd' })],
  ])('stays silent on layers in zstd with %s', (_, daemon) => {
    expect(findings(zstd(daemon))).toEqual([]);
  });

  it('leaves layers in zstd open where the daemon is not known', () => {
    const evidence = zstd();
    delete evidence.daemon;
    expect(diagnose(evidence, [unsupportedImage])).toMatchObject({
      findings: [],
      open: [{ cause: 'unsupported-image' }],
    });
  });

  it('is less sure of schema 1 where the daemon may be an old one', () => {
    const schema1 = { kind: 'schema-1', image: null } as const;
    expect(findings(withBody(schema1))).toMatchObject([{ certainty: 'confirmed' }]);
    expect(findings(withBody(schema1, runningDaemon({ version: '24.0.9' })))).toMatchObject([
      { certainty: 'likely' },
    ]);
  });
});
