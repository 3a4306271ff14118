/** How long a link to a file of a snapshot may work, and how all files together are named. */

/** Seven days. */
export const mostLinkMinutes = 7 * 24 * 60

/** Stands for the archive of all files; no file of a snapshot has this name. */
export const archivePath = '.zip'
