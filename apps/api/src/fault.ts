import type { FaultCode } from './fault-codes.ts';

/**
 * Pull Doctor cannot do what was asked: a stable code for programs, a sentence, and a way out. An outcome of a
 * diagnosis is never a fault.
 */
export class Fault extends Error {
  readonly code: FaultCode;
  readonly status: number;
  readonly todo: string;

  constructor(code: FaultCode, status: number, what: string, todo: string, options?: ErrorOptions) {
    super(what, options);
    this.code = code;
    this.status = status;
    this.todo = todo;
  }
}
