#include "CTelephonyKernels.h"
#include "Vectors.h"

#define HALF (TK_TONE_WINDOW / 2)
#define INLINE static inline __attribute__((always_inline))

// The rows behind the middle have no weight, so that whole vectors can be taken.
_Static_assert(TK_TONE_ROWS % 8 == 0 && TK_TONE_ROWS >= HALF && TK_TONE_ROWS <= TK_TONE_WINDOW, "rows");

// A window folded about its middle: the cosines are the same on both sides, and the sines opposite.
INLINE void tones(const tk_tone_table *table, const int16_t *window, tk_tone_spectrum *spectrum) {
    float sums[TK_TONE_ROWS], differences[TK_TONE_ROWS], squares[TK_TONE_ROWS];
    for (int n = 0; n < TK_TONE_ROWS; n++) {
        const float early = window[n], late = window[TK_TONE_WINDOW - 1 - n], weight = table->weights[n];
        sums[n] = weight * (early + late);
        differences[n] = weight * (late - early);
        squares[n] = weight * (early * early + late * late);
    }
    float8 real[2] = {0}, imaginary[2] = {0}, power = {0};
    for (int n = 0; n < HALF; n += 2) {
        for (int i = 0; i < 2; i++) {
            real[i] += sums[n + i] * *(const float8 *)table->cosines[n + i];
            imaginary[i] += differences[n + i] * *(const float8 *)table->sines[n + i];
        }
    }
    for (int n = 0; n < TK_TONE_ROWS; n += 8) power += *(const float8 *)(squares + n);
    *(float8 *)spectrum->real = real[0] + real[1];
    *(float8 *)spectrum->imaginary = imaginary[0] + imaginary[1];
    spectrum->power = 0;
    for (int i = 0; i < 8; i++) spectrum->power += power[i];
}

#define KERNELS(suffix, attributes)                                                                                    \
    attributes static void tones_##suffix(const tk_tone_table *table, const int16_t *window,                           \
                                          tk_tone_spectrum *spectrum) {                                                \
        tones(table, window, spectrum);                                                                                \
    }
#include "StampKernels.h"

void tk_tones(const tk_tone_table *table, const int16_t *window, tk_tone_spectrum *spectrum) {
    DISPATCH(tones, table, window, spectrum);
}
