/** What two mentions of the same image have in common, whatever tag or digest they carry: `docker.io/library/nginx`. */
export function canonicalName({ registry, repository }: { registry: string; repository: string }): string {
  return `${registry.toLowerCase().replace(/:443$/, '')}/${repository}`;
}
