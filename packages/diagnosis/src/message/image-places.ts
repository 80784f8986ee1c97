/**
 * The kinds of place in which an image stands, the one that is surest to name what failed first. `address`: put together
 * from a URL; `loose`: nothing around it says what it is.
 */
export const placeKinds = ['error', 'command', 'progress', 'address', 'loose'] as const;
export type PlaceKind = (typeof placeKinds)[number];

const q = `["'\`]`;
const name = `([^\\s"'\`,;(){}<>]{1,400})`;

/**
 * The sentences and lines in which tools name an image, which is the first group of the pattern. Matched on the clean text,
 * so that quotes have no backslashes and white space is one.
 */
export const places: readonly { from: PlaceKind; pattern: RegExp }[] = [
  { from: 'error', pattern: /pull access denied for ([^\s,]{1,400}),/g },
  { from: 'error', pattern: /manifest for (\S{1,400}) not found/g },
  { from: 'error', pattern: /[Tt]ag \S{1,128} not found in repository (\S{1,300}[^\s"'`.,;])/g },
  { from: 'error', pattern: /repository (\S{1,400}) not found: does not exist/g },
  { from: 'error', pattern: new RegExp(`[Uu]nable to find image ${q}?${name}${q}? locally`, 'g') },
  {
    // "Failed to pull image", "failed to resolve reference", "Back-off pulling image", "PullImage", "error pulling image"
    from: 'error',
    pattern: new RegExp(
      `(?:[Ff]ailed to (?:pull(?: and unpack)?|resolve|inspect|get|find|fetch|download|load)(?: remote)? (?:image|reference|manifest|metadata for|source metadata for)|[Cc]ould ?n[o']t (?:pull|find|resolve|parse) (?:docker |remote )?image(?: reference)?|[Ee]rror (?:pulling|resolving|fetching) (?:docker )?image(?: ref)?|[Uu]nable to (?:pull|resolve|find|fetch|get)(?: (?:docker )?image)?|[Pp]ulling (?:docker )?image|Pull image|PullImage|validating that builder|failed to parse stage name|invalid reference)[: ] ?${q}(?:docker://)?${name}${q}`,
      'g',
    ),
  },
  {
    // The same without quotes, up to what ends a name in a sentence.
    from: 'error',
    pattern:
      /(?:[Ff]ailed to pull image|failed to resolve (?:ref|reference|image|source metadata for)|unable to pull|error pulling image|[Uu]nable to pull image|cannot pull image|pull image) (?:docker:\/\/)?([a-z0-9[][^\s"'`,;(){}<>]{1,400}?)(?=:? |:?$|[,;]|: )/gm,
  },
  { from: 'error', pattern: /docker:\/\/\/{0,2}([^\s"'`,()]{1,400}?)(?=:? |:?$|["'`,)]|: )/gm },
  { from: 'error', pattern: /(?:^|[\s:])invalid from flag value (\S{1,400}?):? /gm },
  {
    from: 'error',
    pattern:
      /failed to solve: (?:rpc error: \S{1,40} desc = )?(?=\S{0,400}[/:.]\S{0,400}:\s)(\S{1,400}?):\s/g,
  },
  {
    from: 'error',
    pattern: /reading manifest \S{1,200} in ([a-z0-9][^\s:]{1,300}(?::\d{1,5}\/[^\s:]{1,300})?): /g,
  },
  {
    from: 'error',
    pattern: new RegExp(`${q}([a-z0-9.-]{1,200}(?::\\d{1,5})?/[^\\s"'\`]{1,400}:[\\w.-]{1,128})${q}: `, 'g'),
  },
  {
    from: 'progress',
    pattern: /(?:^|\s)Trying to pull (?:repository )?(?:docker:\/\/)?(\S{1,400}?)(?:\.\.\.|\s)/gm,
  },
  { from: 'progress', pattern: /Pulling [\w.-]{1,100} \(([^\s)]{1,400}?):?\)/g },
  { from: 'progress', pattern: /(?:^|\s)Image (\S{1,400}) (?:Error|Pulling|Warning)/gm },
  { from: 'progress', pattern: /[Rr]etrieving image (?:manifest )?([^\s"'`]{1,400}?)(?=["'`\s]|$)/gm },
  { from: 'progress', pattern: /\bimage="?(?:docker:\/\/)?([^\s"]{2,400})/g },
  {
    from: 'error',
    pattern:
      /(?:credentials|[Uu]nauthorized) for '?([a-z0-9][^\s'",;]{3,400}\/[^\s'",;:]{1,300}(?::[\w.-]{1,128})?)/g,
  },
  {
    from: 'error',
    pattern:
      /(?:[Nn]o such image:? |short-name |[Cc]ontainer image (?=["'])|image pull failed for |failed to create image: )["']?([a-z0-9][^\s"',;()]{1,400}?)["']?(?=[\s,;:)"']|$)/gm,
  },
  { from: 'error', pattern: /\bimage ([a-z0-9][^\s"',;()]{1,400}) not found/g },
  { from: 'error', pattern: /\bimageName=([^\s,)"']{2,400})/g },
  { from: 'progress', pattern: /\bimage \(([^\s)]{2,400})\)/g },
  { from: 'progress', pattern: /(?:^|\s)Image: ([a-z0-9][^\s"']{1,400})$/gm },
  { from: 'progress', pattern: /[Dd]ownloading base image (\S{1,400})/g },
  { from: 'progress', pattern: /ImageSpec\{Image:([^\s,}]{1,400}),/g },
  { from: 'progress', pattern: /"?(?:fromImage|image|Image)"?: ?"([^\s"]{1,400})"/g },
  { from: 'progress', pattern: /Pull \(\d{1,3} of \d{1,3}\): (\S{1,400})/g },
  {
    from: 'progress',
    pattern: /\[(?:internal|[\w-]{1,40})[^\]]{0,60}\] (?:load metadata for|FROM) (\S{1,400})/g,
  },
  { from: 'progress', pattern: /(?:^|\s)FROM (?:--platform=\S{1,60} )?(\S{1,400})/gm },
  { from: 'progress', pattern: /COPY --from=(\S{1,400})/g },
  {
    from: 'progress',
    pattern:
      /(?:^|\s)(?:[Pp]ulling|[Dd]ownloading|[Ff]etching|[Uu]sing) (?:docker |container )?(?:image|repository):? (?:from )?(?:docker:\/\/)?([a-z0-9][^\s"'`,;()]{1,400}?)(?=[.,;:]{0,3}(?:\s|$))/gm,
  },
  { from: 'progress', pattern: /(?:^|[\s'"])oci:\/\/([a-z0-9][^\s"'`,;()]{1,400})/gm },
  { from: 'progress', pattern: /fromImage=([^&\s"']{1,400})(?:&tag=([^&\s"']{1,200}))?/g },
  {
    // host.tld/path:tag standing anywhere, or at the beginning of a sentence about it
    from: 'loose',
    pattern:
      /(?<![\w/.@:-])((?:[a-z0-9-]{1,63}\.){1,6}[a-z]{2,20}(?::\d{1,5})?\/[a-z0-9][\w./-]{0,300}:[\w][\w.-]{0,127}(?:@sha256:[a-f0-9]{64})?)/g,
  },
];
