/** Files that lie beside data and describe it: refused, with words on what to import instead. */
import { counted, preview } from '#app/base/text.ts'
import { type Reader, type Row, refused } from '../reader.ts'
import { listOf, memberOf, recordOf } from '../shapes/loose-value.ts'

export const notData: Reader = {
  format: 'not-data',
  title: 'A description of data',
  certainty: 0.99,
  mark: (row) => {
    if (isCroissant(row)) return 'has "@context" and "recordSet": a Croissant description'
    return isDatasetInfo(row) ? 'names data sets and their files: a dataset_info.json' : null
  },
  read: (row) => {
    if (isCroissant(row)) return refused('', croissantReason(row))
    if (isDatasetInfo(row)) return refused('', datasetInfoReason(row))
    return refused('', 'holds no data that can be read as prompts, responses or judgments')
  },
}

const isCroissant = (row: Row): boolean =>
  row['@context'] !== undefined && row.recordSet !== undefined

const locations = [
  'file_name',
  'hf_hub_url',
  'ms_hub_url',
  'om_hub_url',
  'script_url',
  'cloud_file_name',
]

/** Every member describes a data set and says where it lies. */
function isDatasetInfo(row: Row): boolean {
  const members = Object.values(row)
  return (
    members.length > 0 &&
    members.every((member) => {
      const fields = recordOf(member)
      return fields !== undefined && locations.some((name) => typeof fields[name] === 'string')
    })
  )
}

const manyNames = 3

function named(names: readonly string[], otherwise: string): string {
  if (names.length === 0) return otherwise
  const shown = names.slice(0, manyNames).map((name) => `"${preview(name, 80)}"`)
  const more = names.length - shown.length
  return `${shown.join(', ')}${more > 0 ? ` and ${more.toLocaleString('en')} more` : ''}`
}

function croissantReason(row: Row): string {
  const title = typeof row.name === 'string' ? ` of "${preview(row.name, 80)}"` : ''
  const files = listOf(row.distribution).flatMap((entry) => {
    const path = memberOf(entry, 'includes') ?? memberOf(entry, 'contentUrl')
    return typeof path === 'string' ? [path] : []
  })
  return `this file is a Croissant description${title}, not data; import the data files it speaks of instead: ${named(files, 'it names none')}`
}

function datasetInfoReason(row: Row): string {
  const files = Object.values(row).flatMap((member) => {
    const file = recordOf(member)?.file_name
    return typeof file === 'string' ? [file] : []
  })
  const count = counted(Object.keys(row).length, 'data set')
  return `this file is LLaMA-Factory's dataset_info.json, a list of ${count}, not data; import the data files it names instead: ${named(files, 'it names only data sets on a hub')}`
}
