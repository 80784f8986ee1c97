/** What is to be found in a file of this folder, and what its repair is to be. */
export interface Expected {
  /** Without `.config`. */
  file: string;
  /** Code, line and column of each fault, in the order of the file. */
  faults: string[];
  /**
   * The repair, as the pieces of the text that become others; every byte besides is the same afterwards. Where nothing
   * is repaired, the code of the refusal, or `same`.
   */
  repair: [from: string, to: string][] | 'same' | 'undecided' | 'no-repair';
  /** What of the sentences about what is lost is to be there. */
  loses?: string[];
}

/** The made-up logins in the files: alice, bob and carol. */
const [alice, bob, carol] = ['alice:made-up-1', 'bob:made-up-2', 'carol:made-up-3'].map((login) =>
  Buffer.from(login).toString('base64'),
);

const healthy = [
  'as-docker-writes-it',
  'one-line',
  'crlf',
  'store',
  'helpers',
  'unknown-keys',
  'web-login',
  'tokens',
  'empty-object',
  'text-behind',
  'names-in-other-cases',
  'letters-of-many-scripts',
  'no-utf8',
  'slashes-in-text',
];

const unknownEnd = 'What stood behind the end is not known.';

export const expected: Expected[] = [
  ...healthy.map((name): Expected => ({ file: `healthy-${name}`, faults: [], repair: 'same' })),

  { file: 'trailing-comma-in-entry', faults: ['trailing-comma:4:34'], repair: [['",\n\t\t}', '"\n\t\t}']] },
  {
    file: 'trailing-comma-everywhere',
    faults: ['trailing-comma:3:48', 'trailing-comma:3:51', 'trailing-comma:5:29', 'trailing-comma:5:32'],
    repair: [
      ['", },\n', '" }\n'],
      ['", ],\n', '" ]\n'],
    ],
  },
  {
    file: 'trailing-comma-crlf',
    faults: ['trailing-comma:3:46', 'trailing-comma:4:3'],
    repair: [
      ['"},\r\n', '"}\r\n'],
      ['\t},\r\n}', '\t}\r\n}'],
    ],
  },
  { file: 'trailing-comma-doubled', faults: ['trailing-comma:1:53'], repair: [[',,', ',']] },
  { file: 'trailing-comma-leading', faults: ['trailing-comma:1:11'], repair: [['{,', '{']] },
  {
    file: 'missing-comma',
    faults: ['missing-comma:4:5', 'missing-comma:6:3'],
    repair: [
      ['"}\n    "quay', '"},\n    "quay'],
      ['  }\n  "credsStore', '  },\n  "credsStore'],
    ],
  },

  {
    file: 'comment-line',
    faults: ['comment:2:3', 'comment:4:49'],
    repair: [
      ['  // work\n', ''],
      [' // until May', ''],
    ],
    loses: ['The words of the comment'],
  },
  {
    file: 'comment-block',
    faults: ['comment:2:3', 'comment:4:24'],
    repair: [
      ['  /* two\n     lines */\n', ''],
      ['/* here */', ''],
    ],
  },
  { file: 'comment-hash', faults: ['comment:1:1'], repair: [['# for build-01\n', '']] },
  {
    file: 'comment-of-an-entry',
    faults: ['trailing-comma:3:46', 'comment:4:3'],
    repair: [
      ['"},\n', '"}\n'],
      [`\t\t// "quay.io": {"auth": "${bob}"}\n`, ''],
    ],
  },
  {
    file: 'comment-not-closed',
    faults: ['cut-short:1:66'],
    repair: [['"}} /* and so on\n', '"}}}\n']],
    loses: [unknownEnd],
  },
  { file: 'comment-crlf', faults: ['comment:2:3'], repair: [['  // work\r\n', '']] },

  { file: 'byte-order-mark', faults: ['byte-order-mark:1:1'], repair: [['\uFEFF', '']] },
  {
    file: 'byte-order-mark-and-comma',
    faults: ['byte-order-mark:1:1', 'trailing-comma:2:55'],
    repair: [
      ['\uFEFF', ''],
      ['"},}', '"}}'],
    ],
  },
  // the text as it reads stays, and the bytes are UTF-8 afterwards
  { file: 'utf-16-little', faults: ['utf-16:1:1'], repair: [] },
  { file: 'utf-16-big', faults: ['utf-16:1:1'], repair: [] },
  { file: 'utf-16-no-mark', faults: ['utf-16:1:1', 'trailing-comma:1:56'], repair: [['"}},}', '"}}}']] },
  {
    file: 'zero-bytes-behind',
    faults: ['zero-bytes:1:53', 'cut-short:1:117'],
    repair: [['\0'.repeat(64), '}']],
    loses: [unknownEnd],
  },
  {
    file: 'zero-bytes-only',
    faults: ['zero-bytes:1:1', 'empty-file:1:1'],
    repair: [['\0'.repeat(512), '{}\n']],
  },
  {
    file: 'zero-bytes-inside',
    faults: ['zero-bytes:1:53'],
    repair: [['\0'.repeat(16), '']],
    loses: ['What stood where the zero bytes are is not known.'],
  },

  {
    file: 'cut-in-value',
    faults: ['cut-short:7:22'],
    repair: [[`,\n\t\t"quay.io": {\n\t\t\t"auth": "${bob?.slice(0, 9)}`, '}}\n']],
    loses: ['What is half there: quay.io, auth.', unknownEnd],
  },
  { file: 'cut-behind-value', faults: ['cut-short:1:51'], repair: [[`${alice}"`, `${alice}"}}}`]] },
  { file: 'cut-behind-comma', faults: ['cut-short:1:53'], repair: [['"},', '"}}}']] },
  { file: 'cut-in-name', faults: ['cut-short:3:10'], repair: [['}},\r\n  "credHe', '}}}\r\n']] },
  {
    file: 'cut-behind-colon',
    faults: ['cut-short:1:55'],
    repair: [[',"auths":', '}']],
    loses: ['What is half there: auths.'],
  },
  {
    file: 'cut-in-number',
    faults: ['cut-short:1:25'],
    repair: [[',"unknown":12', '}']],
    loses: ['What is half there: unknown.'],
  },
  { file: 'cut-at-once', faults: ['cut-short:1:2'], repair: [['{', '{}']] },
  {
    file: 'cut-in-first-entry',
    faults: ['cut-short:1:25'],
    repair: [['{"auths":{"ghcr.io":{"au', '{}']],
    loses: ['What is half there: auths, ghcr.io.'],
  },
  { file: 'cut-one-brace', faults: ['cut-short:4:4'], repair: [['  }\n', '  }}\n']] },

  {
    file: 'merge-both-sides',
    faults: ['merge-markers:3:1'],
    repair: [
      ['<<<<<<< HEAD\n', ''],
      ['"}\n=======\n', '"},\n'],
      ['>>>>>>> work\n', ''],
    ],
  },
  { file: 'merge-same-entry', faults: ['merge-markers:3:1'], repair: 'undecided' },
  { file: 'merge-with-base', faults: ['merge-markers:3:1'], repair: 'undecided' },
  { file: 'merge-half-resolved', faults: ['merge-markers:4:1'], repair: 'no-repair' },

  {
    file: 'base64-of-one-among-others',
    faults: ['bad-base64:7:12'],
    repair: [['\t\t"quay.io": {\n\t\t\t"auth": "%%%"\n\t\t},\n', '']],
    loses: ['The login for quay.io'],
  },
  { file: 'base64-first', faults: ['bad-base64:3:23'], repair: [['\t\t"quay.io": {"auth": "!!"},\n', '']] },
  { file: 'base64-last', faults: ['bad-base64:4:23'], repair: [[',\n\t\t"quay.io": {"auth": "!!"}', '']] },
  {
    file: 'base64-all',
    faults: ['bad-base64:1:29', 'bad-base64:1:53'],
    repair: [['"quay.io":{"auth":"!!"},"ghcr.io":{"auth":"??"}', '']],
    loses: ['The login for quay.io', 'The login for ghcr.io'],
  },
  {
    file: 'base64-for-addresses',
    faults: ['bad-base64:1:29'],
    repair: [
      ['_', '/'],
      ['-', '+'],
    ],
  },
  { file: 'base64-no-padding', faults: ['bad-base64:1:29'], repair: [['LTQ"', 'LTQ="']] },
  { file: 'base64-not-encoded', faults: ['bad-base64:1:29'], repair: [['alice:made-up-1', alice ?? '']] },
  {
    file: 'base64-beside-token',
    faults: ['bad-base64:1:64'],
    repair: [[',"auth":"!!"', '']],
    loses: ['What "auth" holds'],
  },
  {
    file: 'no-colon',
    faults: ['no-colon:1:29'],
    repair: [['"ghcr.io":{"auth":"b25seS1hLXRva2VuLW1hZGUtdXA="},', '']],
    loses: ['The login for ghcr.io'],
  },
  { file: 'no-user', faults: ['no-colon:1:29'], repair: [['"ghcr.io":{"auth":"Om1hZGUtdXA="}', '']] },

  {
    file: 'dead-key-docker-io',
    faults: ['dead-key:3:3'],
    repair: [['"docker.io"', '"https://index.docker.io/v1/"']],
  },
  { file: 'dead-key-beside-the-right-one', faults: ['dead-key:1:73'], repair: 'same' },
  { file: 'dead-key-capitals', faults: ['dead-key:1:11'], repair: [['GHCR.io', 'ghcr.io']] },
  { file: 'dead-key-white-space', faults: ['dead-key:1:11'], repair: [['"ghcr.io "', '"ghcr.io"']] },
  { file: 'dead-key-of-helper', faults: ['dead-key:1:17'], repair: [['https://public', 'public']] },

  { file: 'type-of-setting', faults: ['wrong-type:1:15'], repair: [[':5,', ':"5",']] },
  { file: 'type-of-feature', faults: ['wrong-type:3:17'], repair: [['true', '"true"']] },
  {
    file: 'type-of-auths',
    faults: ['wrong-type:2:12'],
    repair: [['  "auths": [],\n', '']],
    loses: ['What it holds'],
  },
  {
    file: 'type-of-entry',
    faults: ['wrong-type:1:21'],
    repair: [[`"ghcr.io":"${alice}",`, '']],
    loses: ['What the entry ghcr.io holds'],
  },
  { file: 'type-of-password', faults: ['wrong-type:1:52'], repair: [['12345678', '"12345678"']] },
  { file: 'type-in-list', faults: ['wrong-type:1:28'], repair: [[',["b"]', '']] },
  { file: 'type-of-root', faults: ['not-an-object:1:1'], repair: 'no-repair' },

  {
    file: 'helper-with-path',
    faults: ['helper-path:2:16'],
    repair: [['/usr/local/bin/docker-credential-pass', 'pass']],
  },
  { file: 'helper-with-prefix', faults: ['helper-path:1:34'], repair: [['docker-credential-', '']] },
  { file: 'helper-that-is-none', faults: ['helper-path:1:15'], repair: [['"credsStore":"pass; rm",', '']] },

  {
    file: 'duplicate-entry',
    faults: ['duplicate-key:1:11'],
    repair: [[`"ghcr.io":{"auth":"${alice}"},`, '']],
  },
  {
    file: 'duplicate-auths',
    faults: ['duplicate-key:2:3'],
    repair: [[`"}\n  },\n  "auths": {\n    "quay`, `"},\n    "quay`]],
  },
  {
    file: 'duplicate-field',
    faults: ['duplicate-key:1:22', 'duplicate-key:1:84'],
    repair: [
      [`"auth":"${alice}",`, ''],
      ['"currentContext":"a",', ''],
    ],
  },

  { file: 'empty', faults: ['empty-file:1:1'], repair: [['', '{}\n']] },
  { file: 'blank', faults: ['empty-file:1:1'], repair: [['\n  \n', '{}\n']] },
  { file: 'not-json-single-quotes', faults: ['not-json:1:2'], repair: 'no-repair' },
  { file: 'not-json-yaml', faults: ['not-json:1:1'], repair: 'no-repair' },
  { file: 'not-json-page', faults: ['not-json:1:1'], repair: 'no-repair' },
  { file: 'not-json-missing-quote', faults: ['not-json:1:22'], repair: 'no-repair' },
  { file: 'not-json-line-end-in-text', faults: ['not-json:1:29'], repair: 'no-repair' },
  { file: 'not-json-too-deep', faults: ['not-an-object:1:1', 'cut-short:1:301'], repair: 'no-repair' },
  {
    file: 'many-faults',
    faults: [
      'byte-order-mark:1:1',
      'comment:2:2',
      'helper-path:3:16',
      'dead-key:6:3',
      'bad-base64:7:23',
      'trailing-comma:8:45',
      'trailing-comma:8:47',
      'wrong-type:10:20',
      'trailing-comma:10:26',
    ],
    repair: [
      ['\uFEFF', ''],
      ['\t// mine\r\n', ''],
      ['\t"credsStore": "docker-credential-",\r\n', ''],
      ['"docker.io"', '"https://index.docker.io/v1/"'],
      ['\t\t"quay.io": {"auth": "!!"},\r\n', ''],
      ['",},\r\n', '"}\r\n'],
      ['false},\r\n', '"false"}\r\n'],
    ],
    loses: ['The login for quay.io', 'The words of the comment'],
  },
];

/** All made-up secrets of the files, as they are written and as they decode. */
export const plantedSecrets = [
  alice ?? '',
  bob ?? '',
  carol ?? '',
  'made-up',
  Buffer.from('dora:?>?>made-up').toString('base64'),
  Buffer.from('dora:?>?>made-up').toString('base64url'),
  Buffer.from('erin:made-up-4').toString('base64url'),
  'b25seS1hLXRva2VuLW1hZGUtdXA',
  'Om1hZGUtdXA',
  '12345678"',
];
