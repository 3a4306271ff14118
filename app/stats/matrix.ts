/** A square matrix: `size` rows of `size` numbers, row after row. */
export interface Matrix {
  size: number
  cells: Float64Array
}

export const zeros = (size: number): Matrix => ({ size, cells: new Float64Array(size * size) })

export const cell = ({ size, cells }: Matrix, row: number, column: number): number =>
  cells[row * size + column] ?? 0

export function addTo({ size, cells }: Matrix, row: number, column: number, value: number): void {
  const at = row * size + column
  cells[at] = (cells[at] ?? 0) + value
}

/** Pivots closer to each other than this are even, so that the order of a sum decides nothing. */
const evenPivots = 1e-9

/**
 * A lower factor L with L·Lᵀ = M, for a symmetric matrix that may be singular: columns whose pivot is
 * below `tolerance` times the largest diagonal are left at zero, and rows follow the pivots.
 *
 * Source: N. J. Higham, Accuracy and Stability of Numerical Algorithms, 2nd ed. (2002), section 10.3.
 */
export function semidefiniteFactor(matrix: Matrix, tolerance = 1e-12): Matrix {
  const { size } = matrix
  const factor = zeros(size)
  const rest = Float64Array.from({ length: size }, (_, row) => cell(matrix, row, row))
  const limit = tolerance * Math.max(...rest, 0)
  const done = new Set<number>()
  for (let column = 0; column < size; column++) {
    let pivot = -1
    for (let row = 0; row < size; row++) {
      if (done.has(row)) continue
      if (pivot < 0 || (rest[row] ?? 0) > (rest[pivot] ?? 0) * (1 + evenPivots)) pivot = row
    }
    const variance = rest[pivot] ?? 0
    if (pivot < 0 || variance <= limit) break
    done.add(pivot)
    const root = Math.sqrt(variance)
    for (let row = 0; row < size; row++) {
      if (row !== pivot && done.has(row)) continue
      let value = cell(matrix, row, pivot)
      for (let k = 0; k < column; k++) value -= cell(factor, row, k) * cell(factor, pivot, k)
      const entry = row === pivot ? root : value / root
      factor.cells[row * size + column] = entry
      if (row !== pivot) rest[row] = (rest[row] ?? 0) - entry * entry
    }
  }
  return factor
}

/** Cholesky's lower factor. Throws a RangeError when the matrix is not positive definite. */
function lowerFactor({ size, cells }: Matrix): Float64Array {
  const lower = new Float64Array(size * size)
  for (let row = 0; row < size; row++) {
    const at = row * size
    for (let column = 0; column <= row; column++) {
      const other = column * size
      let value = cells[at + column] ?? 0
      for (let k = 0; k < column; k++) value -= (lower[at + k] ?? 0) * (lower[other + k] ?? 0)
      if (row > column) {
        lower[at + column] = value / (lower[other + column] ?? 1)
        continue
      }
      if (!(value > 0)) throw new RangeError('The matrix is not positive definite.')
      lower[at + column] = Math.sqrt(value)
    }
  }
  return lower
}

/** Solves L Lᵀ x = y in place. */
function solveWith(lower: Float64Array, size: number, values: Float64Array): void {
  for (let row = 0; row < size; row++) {
    let value = values[row] ?? 0
    for (let k = 0; k < row; k++) value -= (lower[row * size + k] ?? 0) * (values[k] ?? 0)
    values[row] = value / (lower[row * size + row] ?? 1)
  }
  for (let row = size - 1; row >= 0; row--) {
    let value = values[row] ?? 0
    for (let k = row + 1; k < size; k++) value -= (lower[k * size + row] ?? 0) * (values[k] ?? 0)
    values[row] = value / (lower[row * size + row] ?? 1)
  }
}

/**
 * Factors a symmetric positive definite matrix once; what it returns finds the vector that the matrix
 * turns into a given one. Throws a RangeError when the matrix is not positive definite.
 */
export function solverOf(matrix: Matrix): (vector: ArrayLike<number>) => Float64Array {
  const lower = lowerFactor(matrix)
  return (vector) => {
    const values = Float64Array.from(vector)
    solveWith(lower, matrix.size, values)
    return values
  }
}

/**
 * The inverse of a symmetric positive definite matrix, by Cholesky's factor.
 * Throws a RangeError when the matrix is not positive definite.
 *
 * @example inverseOf({ size: 2, cells: Float64Array.of(2, 1, 1, 1) }).cells // [1, -1, -1, 2]
 */
export function inverseOf(matrix: Matrix): Matrix {
  const { size } = matrix
  const lower = lowerFactor(matrix)
  const inverse = zeros(size)
  const column = new Float64Array(size)
  for (let place = 0; place < size; place++) {
    column.fill(0)
    column[place] = 1
    solveWith(lower, size, column)
    for (let row = 0; row < size; row++) inverse.cells[row * size + place] = column[row] ?? 0
  }
  return inverse
}

/** The first rows and columns of a matrix. */
export function corner(matrix: Matrix, size: number): Matrix {
  const part = zeros(size)
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      part.cells[row * size + column] = cell(matrix, row, column)
    }
  }
  return part
}

/** The matrix times a vector. */
export function times(matrix: Matrix, vector: ArrayLike<number>): Float64Array {
  const { size } = matrix
  const product = new Float64Array(size)
  for (let row = 0; row < size; row++) {
    let sum = 0
    for (let column = 0; column < size; column++)
      sum += cell(matrix, row, column) * (vector[column] ?? 0)
    product[row] = sum
  }
  return product
}

/** One matrix times another of the same size. */
export function product(one: Matrix, other: Matrix): Matrix {
  const { size } = one
  const result = zeros(size)
  for (let row = 0; row < size; row++) {
    for (let k = 0; k < size; k++) {
      const factor = cell(one, row, k)
      if (factor === 0) continue
      for (let column = 0; column < size; column++) {
        const at = row * size + column
        result.cells[at] = (result.cells[at] ?? 0) + factor * cell(other, k, column)
      }
    }
  }
  return result
}

/**
 * The eigenvalues of a symmetric matrix, and its eigenvectors as columns, by Jacobi's rotations.
 *
 * Source: G. H. Golub and C. F. Van Loan, Matrix Computations, 4th ed. (2013), section 8.5.
 */
export function symmetricParts(matrix: Matrix): { values: Float64Array; vectors: Matrix } {
  const { size } = matrix
  const rest: Matrix = { size, cells: Float64Array.from(matrix.cells) }
  const vectors = zeros(size)
  for (let row = 0; row < size; row++) addTo(vectors, row, row, 1)
  const whole = rest.cells.reduce((sum, value) => sum + value * value, 0)
  for (let sweep = 0; sweep < 100; sweep++) {
    let beside = 0
    for (let row = 0; row < size; row++) {
      for (let column = row + 1; column < size; column++) {
        beside += cell(rest, row, column) ** 2
        rotate(rest, vectors, row, column)
      }
    }
    if (beside <= 1e-30 * whole) break
  }
  return { values: Float64Array.from({ length: size }, (_, at) => cell(rest, at, at)), vectors }
}

/** Turns two axes so that the cell between them becomes zero. */
function rotate(rest: Matrix, vectors: Matrix, p: number, q: number): void {
  const between = cell(rest, p, q)
  if (between === 0) return
  const half = (cell(rest, q, q) - cell(rest, p, p)) / (2 * between)
  const tangent = Math.sign(half || 1) / (Math.abs(half) + Math.hypot(1, half))
  const cosine = 1 / Math.hypot(1, tangent)
  const sine = tangent * cosine
  const turnColumns = ({ size, cells }: Matrix) => {
    for (let row = 0; row < size; row++) {
      const [one, other] = [cells[row * size + p] ?? 0, cells[row * size + q] ?? 0]
      cells[row * size + p] = cosine * one - sine * other
      cells[row * size + q] = sine * one + cosine * other
    }
  }
  turnColumns(rest)
  turnColumns(vectors)
  const { size, cells } = rest
  for (let column = 0; column < size; column++) {
    const [one, other] = [cells[p * size + column] ?? 0, cells[q * size + column] ?? 0]
    cells[p * size + column] = cosine * one - sine * other
    cells[q * size + column] = sine * one + cosine * other
  }
}
