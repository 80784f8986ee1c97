import { recognize } from '@pull-doctor/contract/recognition';
import { recognize as read } from '@pull-doctor/diagnosis/recognize/recognize';
import type { FastifyInstance } from 'fastify';
import { mount } from '../../plugins/mount.ts';

export function recognitionRoutes(app: FastifyInstance): void {
  mount(app, recognize, ({ body }) => read(body.input));
}
