/** In: a host's address. Out: whether it is one of the public internet. */
import { type LookupAddress, lookup } from 'node:dns'
import { BlockList, isIP, type LookupFunction } from 'node:net'

const notPublic = new BlockList()
for (const [network, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const) {
  notPublic.addSubnet(network, bits, 'ipv4')
}
for (const [network, bits] of [
  ['::', 128],
  ['::1', 128],
  ['64:ff9b::', 96],
  ['64:ff9b:1::', 48],
  ['100::', 64],
  ['2001::', 32],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['fc00::', 7],
  ['fe80::', 10],
  ['fec0::', 10],
  ['ff00::', 8],
] as const) {
  notPublic.addSubnet(network, bits, 'ipv6')
}

/**
 * Whether an IP address is reachable from anywhere. Those of one's own machine or network, of tunnels
 * that lead to them, and of documentation are not. The list follows IANA's special-purpose registries.
 */
export function isPublicAddress(address: string): boolean {
  const version = isIP(address)
  return version !== 0 && !notPublic.check(address, version === 4 ? 'ipv4' : 'ipv6')
}

export class PrivateAddress extends Error {
  constructor(address: string) {
    super(
      `${address} is an address of this machine or its network; set RUBRICA_PRIVATE_WEBHOOKS=1 to allow that`,
    )
  }
}

/**
 * Looks a host up as connections do, and refuses it where any of its addresses is not public. It is the
 * very answer that is then connected to, so that a name cannot be public when checked and private later.
 */
export const lookupPublic: LookupFunction = (host, options, callback) => {
  lookup(host, { ...options, all: true }, (error, found: LookupAddress[]) => {
    const inside = found?.find(({ address }) => !isPublicAddress(address))
    const [first] = found ?? []
    if (error || inside || !first) {
      callback(error ?? new PrivateAddress(inside?.address ?? host), '', 4)
    } else if (options.all) callback(null, found)
    else callback(null, first.address, first.family)
  })
}
