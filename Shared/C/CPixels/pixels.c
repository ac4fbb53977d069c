#include "pixels.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

// The choice of a clone runs before a sanitizer is awake, so under one there is no choice.
#if defined(__x86_64__) && !__has_feature(thread_sanitizer) && !__has_feature(address_sanitizer)
#define FOR_EACH_CPU __attribute__((target_clones("avx2", "default")))
#else
#define FOR_EACH_CPU
#endif

/* 13-bit coefficients: exact enough that a grey stays grey. */
FOR_EACH_CPU
static void two_rows(
    const uint8_t *restrict row, int stride, int width, uint8_t *restrict luma, int16_t *restrict sums) {
    int16_t *restrict blue = sums;
    int16_t *restrict green = sums + width;
    int16_t *restrict red = sums + 2 * width;
    for (int line = 0; line < 2; line++) {
        const uint8_t *restrict pixel = row + (size_t)line * stride;
        uint8_t *restrict out = luma + (size_t)line * width;
        for (int i = 0; i < width; i++) {
            int b = pixel[4 * i], g = pixel[4 * i + 1], r = pixel[4 * i + 2];
            out[i] = (uint8_t)((1496 * r + 5032 * g + 508 * b + (16 << 13) + 4096) >> 13);
            blue[i] = (int16_t)(line == 0 ? b : blue[i] + b);
            green[i] = (int16_t)(line == 0 ? g : green[i] + g);
            red[i] = (int16_t)(line == 0 ? r : red[i] + r);
        }
    }
}

FOR_EACH_CPU
static void chroma_row(const int16_t *restrict sums, int width, uint8_t *restrict u, uint8_t *restrict v) {
    const int16_t *restrict blue = sums;
    const int16_t *restrict green = sums + width;
    const int16_t *restrict red = sums + 2 * width;
    for (int i = 0; i < width / 2; i++) {
        int b = blue[2 * i] + blue[2 * i + 1];
        int g = green[2 * i] + green[2 * i + 1];
        int r = red[2 * i] + red[2 * i + 1];
        u[i] = (uint8_t)((-825 * r - 2773 * g + 3598 * b + (128 << 15) + 16384) >> 15);
        v[i] = (uint8_t)((3598 * r - 3268 * g - 330 * b + (128 << 15) + 16384) >> 15);
    }
}

int pixels_to_i420(const uint8_t *source, int stride, int width, int height, uint8_t *luma, uint8_t *blue, uint8_t *red) {
    int16_t *sums = malloc(sizeof(int16_t) * 3 * (size_t)width);
    if (!sums) return -1;
    for (int row = 0; row < height; row += 2) {
        two_rows(source + (size_t)row * stride, stride, width, luma + (size_t)row * width, sums);
        size_t at = (size_t)(row / 2) * (width / 2);
        chroma_row(sums, width, blue + at, red + at);
    }
    free(sums);
    return 0;
}

/* One line of a box blur; the line's ends are repeated beyond it. */
static void box_line(const uint8_t *source, uint8_t *target, int count, int step, int radius) {
    int size = 2 * radius + 1;
    int sum[4] = {0, 0, 0, 0};
    for (int k = -radius; k <= radius; k++) {
        int i = k < 0 ? 0 : (k >= count ? count - 1 : k);
        for (int c = 0; c < 4; c++) sum[c] += source[(size_t)i * step + c];
    }
    for (int i = 0; i < count; i++) {
        int enters = i + radius + 1 >= count ? count - 1 : i + radius + 1;
        int leaves = i - radius < 0 ? 0 : i - radius;
        for (int c = 0; c < 4; c++) {
            target[(size_t)i * step + c] = (uint8_t)((sum[c] + size / 2) / size);
            sum[c] += source[(size_t)enters * step + c] - source[(size_t)leaves * step + c];
        }
    }
}

int pixels_blur(uint8_t *data, int stride, int width, int height, int radius) {
    if (radius < 1 || width < 1 || height < 1) return 0;
    uint8_t *spare = malloc((size_t)stride * height);
    if (!spare) return -1;
    for (int pass = 0; pass < 3; pass++) {
        for (int row = 0; row < height; row++) {
            box_line(data + (size_t)row * stride, spare + (size_t)row * stride, width, 4, radius);
        }
        for (int column = 0; column < width; column++) {
            box_line(spare + 4 * (size_t)column, data + 4 * (size_t)column, height, stride, radius);
        }
    }
    free(spare);
    return 0;
}

struct pixels_extent pixels_measure(const uint8_t *data, int stride, int width, int height) {
    struct pixels_extent found = {width, height, -1, -1, 0};
    for (int row = 0; row < height; row++) {
        const uint8_t *alpha = data + (size_t)row * stride + 3;
        int first = 0;
        while (first < width && alpha[4 * (size_t)first] == 0) first++;
        if (first == width) {
            found.opaque_from = row + 1;
            continue;
        }
        int last = width - 1;
        while (alpha[4 * (size_t)last] == 0) last--;
        if (first < found.left) found.left = first;
        if (last > found.right) found.right = last;
        if (row < found.top) found.top = row;
        found.bottom = row;
        int covered = first == 0 && last == width - 1;
        for (int i = 0; covered && i < width; i++) covered = alpha[4 * (size_t)i] == 255;
        if (!covered) found.opaque_from = row + 1;
    }
    return found;
}
