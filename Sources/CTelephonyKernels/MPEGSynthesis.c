#include "CTelephonyKernels.h"
#include "Vectors.h"
#include <string.h>

// Eight subbands at a time.

#define SLOTS TK_MPEG_SLOTS
#define ROW TK_MPEG_BANDS
#define INLINE static inline __attribute__((always_inline))

INLINE void imdct(const float *lines, size_t bands, const float *matrix, float *slots, float *overlap) {
    for (size_t band = 0; band < bands; band += 8) {
        for (size_t i = 0; i < 2 * SLOTS; i += 6) {
            float8 sums[6] = {0};
            for (size_t line = 0; line < SLOTS; line++) {
                const float8 values = *(const float8 *)(lines + line * ROW + band);
                for (size_t n = 0; n < 6; n++) sums[n] += values * matrix[(i + n) * SLOTS + line];
            }
            float *half = i < SLOTS ? slots + i * ROW : overlap + (i - SLOTS) * ROW;
            for (size_t n = 0; n < 6; n++) *(float8 *)(half + n * ROW + band) += sums[n];
        }
    }
}

// One time slot through the matrix of cosines: 64 values of the standard's vector V.
INLINE void rotate(const float *subbands, size_t bands, const float *cosines, float *vector) {
    float8 sums[8] = {0};
    for (size_t band = 0; band < bands; band++) {
        const float value = subbands[band];
        for (size_t n = 0; n < 8; n++) sums[n] += value * *(const float8 *)(cosines + 64 * band + 8 * n);
    }
    for (size_t n = 0; n < 8; n++) *(float8 *)(vector + 8 * n) = sums[n];
}

INLINE void synthesize(const float *slots, size_t bands, const float *cosines, const float *window, float *history,
                       float *output) {
    float *vectors = history + 64 * TK_MPEG_OLD_SLOTS;
    for (size_t slot = 0; slot < SLOTS; slot++) {
        rotate(slots + slot * ROW, bands, cosines + slot % 2 * 64 * ROW, vectors + slot * 64);
    }
    for (size_t slot = 0; slot < SLOTS; slot++) {
        float8 sums[4] = {0};
        for (size_t age = 0; age <= TK_MPEG_OLD_SLOTS; age++) {
            const float *vector = vectors + 64 * slot - 64 * age + age % 2 * 32;
            for (size_t n = 0; n < 4; n++) {
                sums[n] += *(const float8 *)(vector + 8 * n) * *(const float8 *)(window + 32 * age + 8 * n);
            }
        }
        for (size_t n = 0; n < 4; n++) *(float8 *)(output + 32 * slot + 8 * n) = sums[n];
    }
    memmove(history, history + 64 * SLOTS, 64 * TK_MPEG_OLD_SLOTS * sizeof(float));
}

#define KERNELS(suffix, attributes)                                                                                    \
    attributes static void imdct_##suffix(const float *lines, size_t bands, const float *matrix, float *slots,         \
                                          float *overlap) {                                                            \
        imdct(lines, bands, matrix, slots, overlap);                                                                   \
    }                                                                                                                  \
                                                                                                                       \
    attributes static void synthesize_##suffix(const float *slots, size_t bands, const float *cosines,                 \
                                               const float *window, float *history, float *output) {                   \
        synthesize(slots, bands, cosines, window, history, output);                                                    \
    }

#include "StampKernels.h"

void tk_mpeg_imdct(const float *lines, size_t bands, const float *matrix, float *slots, float *overlap) {
    DISPATCH(imdct, lines, bands, matrix, slots, overlap);
}

void tk_mpeg_synthesize(const float *slots, size_t bands, const float *cosines, const float *window, float *history,
                        float *output) {
    DISPATCH(synthesize, slots, bands, cosines, window, history, output);
}
