import type { Sign } from '../../message/sign.ts';

export const signs: readonly Sign[] = [
  {
    says: /error parsing http (?:2\d\d|30\d|404|405|410) response body: (?:invalid character|unexpected end|eof|no error details)/,
    means: 'The answer is no answer of a registry: a web page or nothing readable.',
    seenIn: 'dockerd up to 27',
    line: "error parsing HTTP 404 response body: invalid character '<' looking for beginning of value: \"<html>\\r\\n",
    weight: 'proves',
  },
  {
    says: /unknown: <(?:html|!doctype)|(?:: |, |")<(?:!doctype )?html|statuscode: 404, </,
    means: 'A web page came where a registry would have answered.',
    seenIn: 'dockerd 28',
    line: 'unknown: <html>',
    weight: 'proves',
  },
  {
    says: /error unmarshalling content: invalid character|unable to decode token response: invalid character|invalid character '<' looking for beginning of value/,
    means: 'A web page came where a registry would have answered.',
    seenIn: 'dockerd, containerd, podman',
    line: "error unmarshalling content: invalid character '<' looking for beginning of value",
    weight: 'proves',
  },
  {
    says: /unexpected media type text\/html|(?:reference for|encountered) unknown type:? text\/html|unsupported (?:content type|mimetype|media type)[^\n]{0,20} "?text\/(?:html|plain)|content type "?text\/html/,
    means: 'A web page came where a manifest would have been.',
    seenIn: 'containerd, podman',
    line: 'failed to unpack image on snapshotter overlayfs: unexpected media type text/html for sha256:2d200101',
    weight: 'proves',
    excludes: ['unsupported-image', 'local-storage'],
  },
  {
    says: /login attempt to \S{1,300} failed with status: (?:404|405|400|30\d|410)|(?:get|head) "?https?:\/\/[^\s"]{1,300}\/v2\/"?[^\n]{0,60}: (?:status |unexpected status )?404|pinging (?:container|docker) registry [^\n]{1,400}(?:invalid status code from registry|: status code|: received unexpected http status:?) (?:404|405|200|30\d)/,
    means: 'There is no registry API at this address.',
    seenIn: 'docker login, podman',
    line: 'Error response from daemon: login attempt to https://nexus/v2/ failed with status: 404 Not Found',
    weight: 'proves',
  },
  {
    says: /invalid registry endpoint|not a (?:valid )?(?:docker |container )?registry|is not a registry|page not found|unsupported protocol scheme "(?!http)|registry (?:does not|doesn't) (?:support|implement) (?:the )?v2|endpoint \S{1,200} does not (?:appear|seem) to be/,
    means: 'The program found no registry at this address.',
    seenIn: 'docker, registries',
    line: 'invalid registry endpoint https://registry.example.com/v0/: unable to ping registry endpoint. v2 ping attempt failed with error: Get https://registry.example.com/v2/: EOF',
    weight: 'fits',
  },
  {
    says: /unexpected http status: (?:30\d|400|404|405|410)|status code (?:404|405) \((?:not found|method not allowed)\)/,
    means: 'The answer has a status that a registry does not give to this request.',
    seenIn: 'dockerd, podman',
    line: 'Error response from daemon: received unexpected HTTP status: 405 Method Not Allowed',
    weight: 'fits',
  },
  {
    says: /tls: first record does not look like a tls handshake|malformed http (?:response|status|version)/,
    means: 'Something answers there that speaks another protocol.',
    seenIn: 'dockerd, containerd',
    line: 'Get "https://ssh.lab.test/v2/": tls: first record does not look like a TLS handshake',
    weight: 'allows',
  },
];
