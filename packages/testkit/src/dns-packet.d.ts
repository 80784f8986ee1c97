/** The part of dns-packet (RFC 1035 messages) that we use; the package brings no types. */
declare module 'dns-packet' {
  export interface Question {
    name: string;
    type: string;
    class?: string;
  }
  export interface Answer {
    name: string;
    type: string;
    ttl: number;
    data: string;
  }
  export interface Packet {
    id?: number;
    type?: 'query' | 'response';
    flags?: number;
    questions?: Question[];
    answers?: Answer[];
  }
  export function encode(packet: Packet): Buffer;
  export function decode(message: Buffer): Packet;
}
