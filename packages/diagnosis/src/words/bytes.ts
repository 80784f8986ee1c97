const names = ['B', 'KB', 'MB', 'GB', 'TB'];

/** A size in powers of a thousand, as Docker prints image sizes: `14 GB`, `2.1 MB`, `512 B`. */
export function bytes(count: number): string {
  let size = count;
  let step = 0;
  while (size >= 1000 && step < names.length - 1) {
    size /= 1000;
    step += 1;
  }
  return `${step > 0 && size < 10 ? size.toFixed(1) : Math.round(size)} ${names[step]}`;
}
