import { describe, expect, it } from 'vitest'
import { notData } from '#app/import/readers/not-data.ts'
import { expectNeverThrows, readAll } from './reading.ts'

const datasetInfo = {
  pets: { file_name: 'pets.json' },
  seas: { file_name: 'seas.json', formatting: 'sharegpt' },
  far: { hf_hub_url: 'someone/far' },
}
const croissant = {
  '@context': { '@vocab': 'https://schema.org/' },
  '@type': 'sc:Dataset',
  name: 'Pets',
  distribution: [{ '@type': 'cr:FileSet', includes: 'data/*.parquet' }],
  recordSet: [],
}

describe('Descriptions of data', () => {
  it('are known for what they are', () => {
    expect(notData.mark(datasetInfo)).toBe('names data sets and their files: a dataset_info.json')
    expect(notData.mark(croissant)).toBe('has "@context" and "recordSet": a Croissant description')
    expect(notData.mark({ prompt: 'Hi' })).toBeNull()
    expect(notData.mark({})).toBeNull()
  })

  it('are refused with words on what to import instead', () => {
    expect(readAll(notData, datasetInfo)).toMatchObject({
      records: [],
      problems: [
        {
          reason:
            'this file is LLaMA-Factory\'s dataset_info.json, a list of 3 data sets, not data; import the data files it names instead: "pets.json", "seas.json"',
        },
      ],
    })
    expect(readAll(notData, croissant)).toMatchObject({
      records: [],
      problems: [
        {
          reason:
            'this file is a Croissant description of "Pets", not data; import the data files it speaks of instead: "data/*.parquet"',
        },
      ],
    })
  })

  it('never throw', () => expectNeverThrows(notData, { ...croissant, pets: {} }))
})
