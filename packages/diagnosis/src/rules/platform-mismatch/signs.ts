import type { Sign } from '../../message/sign.ts';

export const signs: readonly Sign[] = [
  {
    says: /no matching manifest for [^\n]{1,80}|no match(?:ing)? (?:for )?platform in (?:manifest|the manifest)|no (?:image|child|manifest|matching entry)[^\n]{0,40} (?:found )?(?:in|for|with) (?:(?:manifest list|image index|index)[^\n]{0,40} for )?(?:architecture|platform)/,
    means: 'The image is there, and not for this platform.',
    seenIn: 'dockerd, containerd, podman',
    line: 'no matching manifest for linux/amd64 in the manifest list entries',
    weight: 'proves',
  },
  {
    says: /does not (?:match|provide|support) the (?:specified|detected|requested) (?:host )?platform|(?:image|manifest) [^\n]{0,200}architecture mismatch|architecture mismatch: image|cannot be used on this platform|does not have a manifest for platform|image platform \(\S{1,60}\) does not match/,
    means: 'The image is there for another platform than was asked for.',
    seenIn: 'dockerd, podman',
    line: 'image with reference basic.lab.test/team/app:1.0 was found but does not match the specified platform: wanted linux/arm64, actual: linux/amd64',
    weight: 'proves',
  },
  {
    says: /(?:a |the )?windows version \S{1,40}-based image is incompatible|operating system is not supported|unsupported os|image operating system "\w{1,20}" cannot be used/,
    means: 'The image is for another operating system, or another build of Windows.',
    seenIn: 'dockerd on Windows',
    line: 'a Windows version 10.0.17763-based image is incompatible with a 10.0.14393 host',
    weight: 'proves',
  },
  {
    says: /exec format error/,
    means: 'A program of another architecture was started.',
    seenIn: 'docker run, kubelet',
    line: 'standard_init_linux.go:228: exec user process caused: exec format error',
    weight: 'fits',
  },
];
