import { ApiError } from '../../api.ts';

/** Whether a request was refused for want of a right; asked again it is refused again. */
export const isDenied = (error: Error | null): error is ApiError =>
  error instanceof ApiError && error.status === 403;
