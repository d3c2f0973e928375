/** A camera’s picture is some megabytes; what the office needs to see is not. */

const LONGEST_SIDE = 1600
const QUALITY = 0.8

/**
 * The photo as JPEG of at most 1600 pixels, without where and with what it was taken; as it is where this browser can’t read it.
 */
export async function smallerPhoto(file: Blob): Promise<Blob> {
  try {
    const picture = await createImageBitmap(file, { imageOrientation: 'from-image' })
    const scale = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height))
    const canvas = document.createElement('canvas')
    ;[canvas.width, canvas.height] = [Math.max(1, Math.round(picture.width * scale)), Math.max(1, Math.round(picture.height * scale))]
    canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height)
    picture.close()
    const made = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', QUALITY))
    return made ?? file
  } catch {
    return file
  }
}
