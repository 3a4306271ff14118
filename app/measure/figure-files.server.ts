/** In: the name of a file of figures. Out: its table and the result with its method. */
import type { Queries } from '#db/schema.ts'
import {
  agreementTable,
  combinedTable,
  consensusRatersTable,
  consensusTable,
  driftTable,
  type FigureFile,
  figureFiles,
  judgesTable,
  standingsTables,
} from './figure-files.ts'
import {
  latestAgreement,
  latestConsensus,
  latestDrift,
  latestJudges,
  latestWithPairs,
} from './measurements.server.ts'
import type { MeasureOptions } from './method.ts'

interface Asked {
  projectId: string
  campaignId: string
  options: MeasureOptions
}

interface FigureText {
  table: string
  result: object
}

type Read = (db: Queries, asked: Asked) => Promise<FigureText | undefined>

const ofStandings =
  (name: keyof typeof standingsTables): Read =>
  async (db, { projectId, campaignId, options }) => {
    const found = await latestWithPairs(db, projectId, campaignId, options)
    return found ? { table: standingsTables[name](found.result), result: found.result } : undefined
  }

const readers: Record<FigureFile, Read> = {
  standings: ofStandings('standings'),
  'head-to-head': ofStandings('head-to-head'),
  scores: ofStandings('scores'),
  styles: ofStandings('styles'),
  agreement: async (db, { projectId, campaignId }) => {
    const found = await latestAgreement(db, projectId, campaignId)
    return found ? { table: agreementTable(found.result), result: found.result } : undefined
  },
  consensus: async (db, { projectId, campaignId }) => {
    const found = await latestConsensus(db, projectId, campaignId)
    return found ? { table: consensusTable(found.result), result: found.result } : undefined
  },
  'consensus-raters': async (db, { projectId, campaignId }) => {
    const found = await latestConsensus(db, projectId, campaignId)
    return found ? { table: consensusRatersTable(found.result), result: found.result } : undefined
  },
  judges: async (db, { projectId, campaignId }) => {
    const found = await latestJudges(db, projectId, campaignId)
    return found ? { table: judgesTable(found.result), result: found.result } : undefined
  },
  'people-and-judges': async (db, { projectId, campaignId }) => {
    const found = await latestJudges(db, projectId, campaignId)
    return found ? { table: combinedTable(found.result), result: found.result } : undefined
  },
  drift: async (db, { projectId, campaignId }) => {
    const found = await latestDrift(db, projectId, campaignId)
    return found ? { table: driftTable(found.result), result: found.result } : undefined
  },
}

/** Figures as they were last measured; undefined where there are none, or no file of that name. */
export async function readFigures(
  db: Queries,
  { name, ...asked }: Asked & { name: string },
): Promise<FigureText | undefined> {
  const file = figureFiles.find((one) => one === name)
  return file && readers[file](db, asked)
}
