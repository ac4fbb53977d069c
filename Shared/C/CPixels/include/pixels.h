#ifndef AINER_PIXELS_H
#define AINER_PIXELS_H
#include <stdint.h>

/* All pictures are rows of premultiplied B G R A, `stride` bytes apart. */

/* To planar 4:2:0, BT.709 limited range. Width and height are even. Returns 0, or -1 when there is no memory. */
int pixels_to_i420(const uint8_t *source, int stride, int width, int height, uint8_t *luma, uint8_t *blue, uint8_t *red);

/* Three box passes in place, which is a good Gaussian. Returns 0, or -1 when there is no memory. */
int pixels_blur(uint8_t *data, int stride, int width, int height, int radius);

/* Where the picture has anything at all, and from which row on it covers everything (height when nowhere). */
struct pixels_extent {
    int left, top, right, bottom;
    int opaque_from;
};
struct pixels_extent pixels_measure(const uint8_t *data, int stride, int width, int height);

#endif
