import { monitorEventLoopDelay } from 'node:perf_hooks'
import type { Logger } from 'pino'
import { collectDefaultMetrics, Histogram, Registry } from 'prom-client'

const slowLoopMs = 50

/** What the web process tells of itself, and a warning when its event loop was held up. */
export function openMetrics(log: Logger) {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const requests = new Histogram({
    name: 'rubrica_request_seconds',
    help: 'Time to answer a request.',
    labelNames: ['method', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers: [registry],
  })
  const delay = monitorEventLoopDelay({ resolution: 10 })
  delay.enable()
  const timer = setInterval(() => {
    const p99 = delay.percentile(99) / 1e6
    if (p99 > slowLoopMs) log.warn({ p99: Math.round(p99) }, 'event loop delay over a minute')
    delay.reset()
  }, 60_000)
  timer.unref()
  return { registry, requests }
}
