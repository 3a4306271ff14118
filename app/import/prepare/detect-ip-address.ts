import { type Span, spansOf, withoutOverlaps } from './text-span.ts'

const version4 = /(?<![\w.]|[A-Za-z_]\w{0,24}[-/])\d{1,3}(?:\.\d{1,3}){3}(?!\w|-[A-Za-z]|\.\w)/g

/** Addresses of people and machines that the world can reach all begin with a 2 or a 3. */
const version6 = /(?<![\w:.])[23][0-9a-f]{3}:[0-9a-f:]{2,35}(?![\w:]|\.\w)/gi

/** Words and signs before a number that make it a version or a section. */
const otherNumber =
  /(?:\b(?:v|ver|versions?|release|build|firmware|section|chapter|clause|appendix)(?: (?:is|no|number|to))?[.:]?|§|#|[\w\]][=~!<>]=|[~^])\s*$/i

/** How much of the text before a number says what it is of. */
const contextLength = 24

/** Networks that are nobody's: private, of the machine itself, of examples, and reserved. */
const unroutable = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/3',
].map((network) => {
  const [address = '', bits] = network.split('/')
  const size = 2 ** (32 - Number(bits))
  return { first: addressValue(address), size }
})

/**
 * The public IP addresses of a text, of version 4 and 6. Private, loopback, documentation and other
 * reserved addresses tell nothing of a person and are left out; so are versions and section
 * numbers.
 *
 * @example findIpAddresses('from 81.2.69.142 to 10.0.0.1') // [{ start: 5, end: 16 }]
 */
export function findIpAddresses(text: string): Span[] {
  const ofVersion4 = spansOf(text, version4).filter(({ start, end }) => {
    const before = text.slice(Math.max(0, start - contextLength), start)
    return isPublic(text.slice(start, end)) && !otherNumber.test(before)
  })
  const ofVersion6 = spansOf(text, version6)
    .map(({ start, end }) => ({
      start,
      end: /[^:]:$/.test(text.slice(start, end)) ? end - 1 : end,
    }))
    .filter(({ start, end }) => isPublic6(text.slice(start, end)))
  return withoutOverlaps(ofVersion4, ofVersion6)
}

function isPublic(address: string): boolean {
  const parts = address.split('.')
  if (parts.some((part) => Number(part) > 255 || /^0\d/.test(part))) return false
  const value = addressValue(address)
  return !unroutable.some(({ first, size }) => value >= first && value < first + size)
}

function addressValue(address: string): number {
  return address.split('.').reduce((value, part) => value * 256 + Number(part), 0)
}

/** Eight groups, or at least three with one gap; 2001:db8 and 3fff are for examples. */
function isPublic6(address: string): boolean {
  const halves = address.split('::')
  const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')))
  if (halves.length > 2 || !groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return false
  const complete =
    halves.length === 1 ? groups.length === 8 : groups.length > 2 && groups.length < 8
  return complete && !/^(?:2001:0?db8|3fff):/i.test(address)
}
