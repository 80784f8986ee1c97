import type { PlatformEvidence } from '@pull-doctor/contract/evidence/registry';
import { platformText } from '../words/platform.ts';
import { list } from '../words/sentence.ts';
import { done, failed, type StepDescribed, warning } from './described.ts';

export function describePlatform(platform: PlatformEvidence): StepDescribed {
  const wanted = platformText(platform.wanted);
  const available = list(platform.available.slice(0, 4).map(platformText));
  switch (platform.fits) {
    case 'yes':
      return done(`${wanted} is there`);
    case 'unknown':
      return warning(`Whether it is for ${wanted} is not known: ${platform.why}`);
    case 'no': {
      const summary = `Not for ${wanted}${available ? `, only for ${available}` : ''}`;
      return platform.kind === 'image' && platform.wantedFrom !== 'asked'
        ? warning(summary)
        : failed(summary);
    }
  }
}
