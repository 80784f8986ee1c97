import type { Page } from '@playwright/test';
import type { LiveEvent } from '@pull-doctor/contract/events';

/**
 * Puts a stream of events into a page in place of the server's, so that a journey says when one comes: a double, open
 * from the start and never lost. Call it before the page is opened.
 */
export async function doubleEvents(page: Page): Promise<{ tell(event: LiveEvent): Promise<void> }> {
  await page.addInitScript(`
    window.EventSource = class extends EventTarget {
      constructor() {
        super();
        const beat = () => this.say('heartbeat', { now: new Date().toISOString() });
        this.timer = setInterval(beat, 10000);
        setTimeout(beat, 0);
        window.tellPage = (event) => this.say(event.kind, event);
      }
      say(name, data) {
        this.dispatchEvent(new MessageEvent(name, { data: JSON.stringify(data) }));
      }
      close() {
        clearInterval(this.timer);
      }
    };
  `);
  return { tell: (event) => page.evaluate(`window.tellPage(${JSON.stringify(event)})`) };
}
