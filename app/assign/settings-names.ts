/** The ids that a campaign's settings hold, which mean nothing in another project, against names. */

type Named = (one: unknown) => unknown

/**
 * Settings with every model and every rater in them replaced by what a function says of it; those of
 * whom it says nothing are left out.
 */
export function withNames(
  settings: Record<string, unknown>,
  { model, rater }: { model: Named; rater: Named },
): Record<string, unknown> {
  const named = { ...settings }
  if ('modelIds' in settings) named.modelIds = each(settings.modelIds, model)
  if ('raterIds' in settings) named.raterIds = each(settings.raterIds, rater)
  if ('pairing' in settings) named.pairing = pairingWithNames(settings.pairing, model)
  return named
}

const each = (list: unknown, name: Named): unknown =>
  Array.isArray(list) ? list.map(name).filter((one) => one !== undefined) : list

function pairingWithNames(pairing: unknown, model: Named): unknown {
  if (pairing === null || typeof pairing !== 'object') return pairing
  const named: Record<string, unknown> = { ...pairing }
  if (named.modelId !== undefined) named.modelId = model(named.modelId)
  if (Array.isArray(named.pairs)) named.pairs = named.pairs.map((pair) => each(pair, model))
  return named
}
