import { faultCodes } from '../../fault-codes.ts';

interface Schema {
  $ref?: string;
  type?: string | string[];
  description?: string;
  enum?: unknown[];
  const?: unknown;
  format?: string;
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
  anyOf?: Schema[];
  oneOf?: Schema[];
  additionalProperties?: Schema | boolean;
}

interface Operation {
  summary?: string;
  security?: unknown[];
  parameters?: { name: string; in: string; required?: boolean; schema?: Schema; description?: string }[];
  requestBody?: { content: Record<string, { schema: Schema }> };
  responses?: Record<string, { description?: string; content?: Record<string, { schema: Schema }> }>;
}

export interface OpenApiDocument {
  info: { title: string; version: string; description?: string };
  paths: Record<string, Record<string, Operation>>;
  components?: { schemas?: Record<string, Schema> };
}

/**
 * The OpenAPI document as one readable page of plain HTML. Ready-made viewers weigh five megabytes in this process and
 * ask for inline scripts, which the content security policy forbids.
 */
export function docsPage({ info, paths, components }: OpenApiDocument): string {
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
  );
  const schemas = Object.entries(components?.schemas ?? {}).filter(([name]) => !name.endsWith('Input'));
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${text(info.title)} API</title><link rel="stylesheet" href="/api/docs.css"></head><body>
<main><h1>${text(info.title)} API ${text(info.version)}</h1><p>${text(info.description ?? '')}</p>
<p>For programs: <a href="/api/v1/openapi.json">openapi.json</a> (OpenAPI 3.1).</p>
<nav aria-label="Contents"><ul>${operations.map(({ path, method, operation }) => `<li><a href="#${anchor(method, path)}">${text(operation.summary ?? path)}</a></li>`).join('')}
<li><a href="#schemas">Schemas</a></li><li><a href="#problems">Errors</a></li></ul></nav>
${operations.map(operationSection).join('\n')}
<h1 id="schemas">Schemas</h1>
${schemas.map(([name, schema]) => `<article id="schema-${text(name)}"><h2>${text(name)}</h2>${describe(schema)}</article>`).join('\n')}
<h1 id="problems">Errors</h1><p>Every error answer is application/problem+json (RFC 9457) with one of these codes.</p>
<article><div class="scrolls"><table>${Object.entries(faultCodes)
    .map(
      ([code, says]) => `<tr id="problem-${code}"><td><code>${code}</code></td><td>${text(says)}</td></tr>`,
    )
    .join('')}</table></div></article></main></body></html>`;
}

function operationSection({
  path,
  method,
  operation,
}: {
  path: string;
  method: string;
  operation: Operation;
}): string {
  const body = Object.values(operation.requestBody?.content ?? {})[0]?.schema;
  const answers = Object.entries(operation.responses ?? {}).filter(([status]) => status !== '4XX');
  return `<article id="${anchor(method, path)}"><h2><code><span class="method">${method}</span> ${text(path)}</code></h2>
<p>${text(operation.summary ?? '')}. ${operation.security?.length === 0 ? 'Needs no credential.' : 'Needs a credential.'}</p>
${operation.parameters?.length ? `<h3>Parameters</h3><div class="scrolls"><table>${operation.parameters.map((one) => row(one.name, one.schema ?? {}, one.required ?? false, one.description)).join('')}</table></div>` : ''}
${body ? `<h3>Body</h3>${describe(body)}` : ''}
${answers.map(([status, { content }]) => `<h3>Answer ${text(status)}</h3>${describe(Object.values(content ?? {})[0]?.schema ?? {})}`).join('')}</article>`;
}

function describe(schema: Schema): string {
  if (!schema.properties)
    return `<p>${typeOf(schema)}${schema.description ? `. ${text(schema.description)}` : ''}</p>`;
  const rows = Object.entries(schema.properties).map(([name, one]) =>
    row(name, one, schema.required?.includes(name) ?? false),
  );
  return `<div class="scrolls"><table>${rows.join('')}</table></div>`;
}

function row(name: string, schema: Schema, isRequired: boolean, description = schema.description): string {
  return `<tr><td><code>${text(name)}${isRequired ? '' : '?'}</code></td><td>${typeOf(schema)}${description ? `<p>${text(description)}</p>` : ''}</td></tr>`;
}

function typeOf(schema: Schema): string {
  if (schema.$ref) {
    const name = text(schema.$ref.split('/').at(-1) ?? '');
    return `<a href="#schema-${name}">${name}</a>`;
  }
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return choices.map(typeOf).join(' or ');
  if (schema.enum) return schema.enum.map((value) => `<code>${text(String(value))}</code>`).join(' · ');
  if (schema.const !== undefined) return `<code>${text(String(schema.const))}</code>`;
  if (schema.type === 'array') return `list of ${typeOf(schema.items ?? {})}`;
  if (schema.properties)
    return `object of ${Object.keys(schema.properties)
      .map((name) => `<code>${text(name)}</code>`)
      .join(', ')}`;
  return text([schema.type ?? 'anything'].flat().join(' or ') + (schema.format ? ` (${schema.format})` : ''));
}

const anchor = (method: string, path: string) => `${method}${path}`.replaceAll(/[^A-Za-z0-9]+/g, '-');

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const text = (value: string) => value.replaceAll(/[&<>"]/g, (character) => escapes[character] ?? character);
