import { classify } from '@pull-doctor/contract/message';
import { recognize } from '@pull-doctor/contract/recognition';
import { redactText } from '@pull-doctor/contract/redact';
import { readMessage } from '@pull-doctor/diagnosis/message/read-message';
import { recognize as read } from '@pull-doctor/diagnosis/recognize/recognize';
import type { FastifyInstance } from 'fastify';
import { mount } from '../../plugins/mount.ts';

/** What a text is and says. Both ask nobody, and keep and log nothing. */
export function recognitionRoutes(app: FastifyInstance): void {
  mount(app, recognize, ({ body }) => read(body.input));

  mount(app, classify, ({ body }) => {
    const { text, hidden } = redactText(body.text);
    return { ...readMessage(text), text, secretsHidden: hidden };
  });
}
