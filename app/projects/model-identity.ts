import { printJson } from '#app/base/canonical-json.ts'

/** What makes a model one model: two versions of one prompt template are two models. */
export interface ModelIdentity {
  name: string
  version: string
  promptVersion: string
  parameters: Record<string, unknown>
}

export const identityKey = ({ name, version, promptVersion, parameters }: ModelIdentity): string =>
  printJson([name, version, promptVersion, parameters])

/**
 * What people may read for a model, the shortest first; the first that is free in the project is
 * taken. @example labelsFor({ name: 'm', version: '2', … }) // ['m', 'm 2', …]
 */
export function labelsFor(model: ModelIdentity): string[] {
  const { name, version, promptVersion, parameters } = model
  const dated = version === '' ? name : `${name} ${version}`
  const prompted = promptVersion === '' ? dated : `${dated} · prompt ${promptVersion}`
  const settings = Object.entries(parameters)
    .map(([key, value]) => `${key}=${typeof value === 'string' ? value : printJson(value)}`)
    .join(' ')
  const full = settings === '' ? prompted : `${prompted} · ${settings}`
  return [...new Set([prompted, full])]
}
