/**
 * A dataset in the words of Croissant 1.1 with its extension for responsible AI. Source: MLCommons,
 * “Croissant Format Specification” 1.1 and “Croissant RAI Specification” 1.0.
 */
import { decimal } from '#app/ui/figures.ts'
import type { DatasetFacts } from './card.ts'
import type { DatasetReport } from './dataset-report.ts'
import type { WrittenFile } from './files/written-file.ts'
import { policySentences } from './policy-sentences.ts'
import type { Shape } from './row-shape.ts'

const context = {
  '@language': 'en',
  '@vocab': 'https://schema.org/',
  citeAs: 'cr:citeAs',
  column: 'cr:column',
  conformsTo: 'dct:conformsTo',
  cr: 'http://mlcommons.org/croissant/',
  data: { '@id': 'cr:data', '@type': '@json' },
  dataType: { '@id': 'cr:dataType', '@type': '@vocab' },
  dct: 'http://purl.org/dc/terms/',
  extract: 'cr:extract',
  field: 'cr:field',
  fileObject: 'cr:fileObject',
  fileProperty: 'cr:fileProperty',
  fileSet: 'cr:fileSet',
  includes: 'cr:includes',
  isArray: 'cr:isArray',
  isLiveDataset: 'cr:isLiveDataset',
  arrayShape: 'cr:arrayShape',
  jsonPath: 'cr:jsonPath',
  rai: 'http://mlcommons.org/croissant/RAI/',
  recordSet: 'cr:recordSet',
  sc: 'https://schema.org/',
  source: 'cr:source',
  subField: 'cr:subField',
}

const formatOf = (file: string): string => {
  if (file.endsWith('.parquet')) return 'application/x-parquet'
  if (file.endsWith('.csv')) return 'text/csv'
  if (file.endsWith('.gz')) return 'application/gzip'
  return file.endsWith('.jsonl') ? 'application/jsonlines' : 'application/json'
}

export function printCroissant({ manifest, fields, name }: DatasetFacts): string {
  const { files } = manifest
  const described = {
    '@context': context,
    '@type': 'sc:Dataset',
    conformsTo: ['http://mlcommons.org/croissant/1.1', 'http://mlcommons.org/croissant/RAI/1.0'],
    name,
    description: `${manifest.judgments} judgments by ${manifest.raters} raters on ${manifest.prompts} prompts.`,
    version: manifest.sha256,
    isLiveDataset: false,
    distribution: files.map(distributed),
    recordSet: [...fields].map(([config, own]) => ({
      '@type': 'cr:RecordSet',
      '@id': config,
      name: config,
      field: [...own].map(([column, shape]) => fieldOf(config, column, shape, files)),
    })),
    'rai:dataCollection': 'Prompts and responses were logged by the project and imported.',
    'rai:dataCollectionType': 'Others',
    'rai:dataAnnotationProtocol': protocolOf(manifest),
    'rai:dataAnnotationPlatform': 'Rubrica',
    ...perItem(manifest.report),
    'rai:dataAnnotationAnalysis':
      manifest.alpha === null
        ? 'Krippendorff’s alpha does not exist for these verdicts.'
        : `Krippendorff’s alpha (nominal): ${decimal(manifest.alpha, 3)}.`,
    'rai:dataManipulationProtocol': policySentences(manifest.policy).join(' '),
    'rai:personalSensitiveInformation':
      manifest.redacted.length === 0
        ? 'Nothing was removed.'
        : `Removed from every text: ${manifest.redacted.join(', ')}.`,
    'rai:annotatorDemographics': 'Not recorded; raters are named by pseudonyms.',
  }
  return `${JSON.stringify(described, null, 2)}\n`
}

/** How many raters judged a row, on average. */
function perItem(report: DatasetReport | null): Record<string, string> {
  const counts = report?.rowsByRaters ?? []
  const rows = counts.reduce((sum, one) => sum + one.rows, 0)
  const given = counts.reduce((sum, one) => sum + one.rows * one.raters, 0)
  return rows === 0 ? {} : { 'rai:annotationsPerItem': decimal(given / rows, 2) }
}

const protocolOf = ({ campaigns }: DatasetFacts['manifest']): string =>
  campaigns
    .map(({ name, kind, guidelines }) => `${name} (${kind}): ${guidelines?.text ?? ''}`.trim())
    .join('\n\n')

const distributed = (file: WrittenFile) => ({
  '@type': 'cr:FileObject',
  '@id': file.path,
  name: file.path,
  contentUrl: file.path,
  contentSize: `${file.bytes} B`,
  encodingFormat: formatOf(file.path),
  sha256: file.sha256,
})

const dataTypes = { bool: 'sc:Boolean', int: 'sc:Integer', float: 'sc:Float' } as const

const dataTypeOf = ({ kind }: Shape): string =>
  kind in dataTypes ? dataTypes[kind as keyof typeof dataTypes] : 'sc:Text'

function fieldOf(
  config: string,
  column: string,
  shape: Shape,
  files: readonly WrittenFile[],
): Record<string, unknown> {
  const [file] = files.filter((one) => one.config === config)
  const inner = shape.kind === 'list' ? shape.of : shape
  const id = `${config}/${column}`
  return {
    '@type': 'cr:Field',
    '@id': id,
    name: column,
    ...(inner.kind === 'struct'
      ? {
          subField: [...inner.fields].map(([member, own]) =>
            fieldOf(config, `${column}/${member}`, own, files),
          ),
        }
      : { dataType: dataTypeOf(inner) }),
    ...(shape.kind === 'list' ? { isArray: true, arrayShape: '-1' } : {}),
    source: {
      fileObject: { '@id': file?.path ?? '' },
      extract: { column: column.split('/')[0] },
    },
  }
}
