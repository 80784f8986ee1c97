/** Where a subcommand has its image. */
export interface CommandShape {
  /** `image pull` */
  words: string;
  /** Options that take the next word as their value; all others are taken for switches. */
  values: ReadonlySet<string>;
  /** Which argument is the image, from 0. `option`: only `--image`. `pairs`: `container=image`, as in kubectl set image. */
  image: number | 'option' | 'pairs';
  /** The options end at the image: what follows is the container's command. */
  endsAtImage: boolean;
}

export interface ClientShape {
  /** Options before the subcommand that take a value. */
  globals: ReadonlySet<string>;
  commands: readonly CommandShape[];
  /** Takes `docker://` before a name. */
  transports: boolean;
}

const set = (words: string) => new Set(words.split(/\s+/).filter(Boolean));

// Options with a value of `docker run` and `docker create` (29.x), podman's and nerdctl's own among them.
const runValues = set(`
  -a --attach --add-host --annotation --blkio-weight --blkio-weight-device --cap-add --cap-drop --cgroup-parent --cgroupns
  --cidfile -c --cpu-count --cpu-percent --cpu-period --cpu-quota --cpu-rt-period --cpu-rt-runtime --cpu-shares --cpus
  --cpuset-cpus --cpuset-mems --detach-keys --device --device-cgroup-rule --device-read-bps --device-read-iops
  --device-write-bps --device-write-iops --dns --dns-opt --dns-option --dns-search --domainname --entrypoint -e --env
  --env-file --expose --gpus --group-add --health-cmd --health-interval --health-retries --health-start-interval
  --health-start-period --health-timeout -h --hostname --io-maxbandwidth --io-maxiops --ip --ip6 --ipc --isolation
  --kernel-memory -l --label --label-file --link --link-local-ip --log-driver --log-opt --mac-address -m --memory
  --memory-reservation --memory-swap --memory-swappiness --mount --name --net --net-alias --network --network-alias
  --oom-score-adj --pid --pids-limit --platform -p --publish --pull --restart --runtime --security-opt --shm-size
  --stop-signal --stop-timeout --storage-opt --sysctl --tmpfs --ulimit -u --user --userns --uts -v --volume
  --volume-driver --volumes-from -w --workdir
  --arch --os --variant --authfile --pod --pod-id-file --secret --umask --tz --rootfs-propagation --gidmap --uidmap
  --subgidname --subuidname --sdnotify --systemd --requires --replace-time --retry --retry-delay --decryption-key
  --snapshotter --pidfile --label-file`);
const pullValues = set(`
  --platform --arch --os --variant --authfile --creds --cert-dir --decryption-key --retry --retry-delay --policy
  --unpack --soci-index-digest --ipfs-address --cosign-key --verify --snapshotter --namespace -n`);

const command = (
  words: string,
  image: CommandShape['image'],
  values: ReadonlySet<string>,
  endsAtImage = false,
): CommandShape => ({ words, image, values, endsAtImage });

const dockerCommands = [
  command('pull', 0, pullValues),
  command('image pull', 0, pullValues),
  command('run', 0, runValues, true),
  command('container run', 0, runValues, true),
  command('create', 0, runValues, true),
  command('container create', 0, runValues, true),
  command('manifest inspect', 0, pullValues),
  command('buildx imagetools inspect', 0, set('--format --builder')),
  command(
    'service create',
    0,
    new Set([
      ...runValues,
      ...set(
        '--mode --replicas --constraint --config --limit-cpu --limit-memory --reserve-cpu --reserve-memory --update-delay --update-parallelism --endpoint-mode --restart-condition --container-label',
      ),
    ]),
    true,
  ),
  command('service update', 'option', set('--image')),
];

const kubectlValues = set(`
  -n --namespace --context --kubeconfig --cluster --user -s --server --as --as-group --token --request-timeout -o --output
  --image --port --env --labels -l --overrides --restart --image-pull-policy --replicas -r --target -c --container
  --field-manager --schedule -f --filename --profile --dry-run`);
const kubectl: ClientShape = {
  globals: kubectlValues,
  transports: false,
  commands: [command('set image', 'pairs', kubectlValues), command('', 'option', kubectlValues)],
};

const skopeoValues = set(`
  --authfile --creds --cert-dir --retry-times --retry-delay --format -f --src-creds --dest-creds --src-cert-dir
  --dest-cert-dir --src-authfile --dest-authfile --registry-token --src-registry-token --additional-tag
  --override-arch --override-os --override-variant --multi-arch --sign-by --digestfile`);
const buildahValues = set(`
  --add-host --arch --os --variant --platform --authfile --cap-add --cap-drop --cert-dir --cgroup-parent --cidfile
  --creds --decryption-key --device --dns --format --group-add --ipc --isolation -m --memory --name --network --pid
  --policy --retry --retry-delay --security-opt --shm-size --ulimit --userns -v --volume`);
const craneValues = set('--platform -p --format -c --cache_path');
const ctrValues = set(`
  -u --user --platform --snapshotter --label --hosts-dir --tlscacert --tlscert --tlskey --max-concurrent-downloads
  --http-trace --env -e --mount --runtime --cwd --config --gpus --device --memory-limit --cpus --log-uri --pid-file`);

const docker: ClientShape = {
  globals: set('--config -c --context -H --host -l --log-level --tlscacert --tlscert --tlskey'),
  commands: dockerCommands,
  transports: false,
};
const podman: ClientShape = {
  globals: set(`
    --cgroup-manager --config --conmon -c --connection --events-backend --hooks-dir --identity --imagestore --log-level
    --module --network-cmd-path --network-config-dir --out --root --runroot --runtime --runtime-flag --ssh
    --storage-driver --storage-opt --tmpdir --url --volumepath`),
  commands: dockerCommands,
  transports: true,
};
const nerdctl: ClientShape = {
  globals: set(`
    -a --address -H --host -n --namespace --snapshotter --storage-driver --cni-path --cni-netconfpath --data-root
    --cgroup-manager --hosts-dir`),
  commands: dockerCommands,
  transports: false,
};
const crictl: ClientShape = {
  globals: set('-c --config -i --image-endpoint -r --runtime-endpoint -t --timeout'),
  commands: [command('pull', 0, set('-a --annotation --auth --creds --pod-config --pull-timeout -pt'))],
  transports: false,
};
const ctr: ClientShape = {
  globals: set('-a --address -n --namespace --timeout --connect-timeout'),
  commands: [
    ...['images', 'image', 'i'].map((noun) => command(`${noun} pull`, 0, ctrValues)),
    command('content fetch', 0, ctrValues),
    command('run', 0, ctrValues, true),
  ],
  transports: false,
};
const skopeo: ClientShape = {
  globals: set(
    '--command-timeout --override-arch --override-os --override-variant --policy --registries.d --tmpdir',
  ),
  commands: ['inspect', 'copy', 'list-tags'].map((verb) => command(verb, 0, skopeoValues)),
  transports: true,
};
const buildah: ClientShape = {
  globals: set(
    '--log-level --registries-conf --registries-conf-dir --root --runroot --storage-driver --storage-opt',
  ),
  commands: ['from', 'pull'].map((verb) => command(verb, 0, buildahValues)),
  transports: true,
};
const crane: ClientShape = {
  globals: craneValues,
  commands: ['digest', 'manifest', 'config', 'pull', 'export', 'validate'].map((verb) =>
    command(verb, 0, craneValues),
  ),
  transports: false,
};

/** The programs whose command lines are understood. */
export const clients: ReadonlyMap<string, ClientShape> = new Map([
  ['docker', docker],
  ['podman', podman],
  ['nerdctl', nerdctl],
  ['finch', nerdctl],
  ['crictl', crictl],
  ['ctr', ctr],
  ['skopeo', skopeo],
  ['buildah', buildah],
  ['kubectl', kubectl],
  ['oc', kubectl],
  ['crane', crane],
]);

/** Programs that run the command after them, with their options that take a value. */
export const wrappers: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['sudo', set('-u --user -g --group -h --host -p --prompt -C -T -D --chdir -R')],
  ['doas', set('-u -C')],
  ['env', set('-u --unset -C --chdir -S')],
  ['timeout', set('-s --signal -k --kill-after')],
  ['time', set('-f -o')],
  ['nice', set('-n')],
  ...[
    'exec',
    'command',
    'nohup',
    'lima',
    'colima',
    'k3s',
    'microk8s',
    'minikube',
    'xargs',
    'retry',
    'RUN',
    'run:',
    'script:',
    '-',
    '!',
    '+',
  ].map((word) => [word, set('')] as const),
]);
