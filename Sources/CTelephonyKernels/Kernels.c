#include "CTelephonyKernels.h"
#include "Vectors.h"

#include <string.h>

#define LOAD(pointer) (*(const float8 *)(pointer))

// The additions pair up as in a tree: the order is part of the result.
#define SUM(v) ((((v)[0] + (v)[4]) + ((v)[2] + (v)[6])) + (((v)[1] + (v)[5]) + ((v)[3] + (v)[7])))

// Adding and subtracting 1.5 * 2^23 rounds a float below 2^22 to the nearest integer, ties to even, on every target.
#define ROUNDING 12582912.0f

// How many output samples share a pass over a row: enough to hide the latency of a multiply-add.
#define LANES TK_LANES

#define SHUFFLE __builtin_shufflevector

// Eight SUMs at once, added in the same order.
#define SUMS(v)                                                                                                        \
    const float8 v04 = SHUFFLE(v[0], v[4], 0, 1, 2, 3, 8, 9, 10, 11) + SHUFFLE(v[0], v[4], 4, 5, 6, 7, 12, 13, 14, 15); \
    const float8 v15 = SHUFFLE(v[1], v[5], 0, 1, 2, 3, 8, 9, 10, 11) + SHUFFLE(v[1], v[5], 4, 5, 6, 7, 12, 13, 14, 15); \
    const float8 v26 = SHUFFLE(v[2], v[6], 0, 1, 2, 3, 8, 9, 10, 11) + SHUFFLE(v[2], v[6], 4, 5, 6, 7, 12, 13, 14, 15); \
    const float8 v37 = SHUFFLE(v[3], v[7], 0, 1, 2, 3, 8, 9, 10, 11) + SHUFFLE(v[3], v[7], 4, 5, 6, 7, 12, 13, 14, 15); \
    const float8 even = SHUFFLE(v04, v15, 0, 1, 8, 9, 4, 5, 12, 13) + SHUFFLE(v04, v15, 2, 3, 10, 11, 6, 7, 14, 15);    \
    const float8 odd = SHUFFLE(v26, v37, 0, 1, 8, 9, 4, 5, 12, 13) + SHUFFLE(v26, v37, 2, 3, 10, 11, 6, 7, 14, 15);     \
    const float8 sums = SHUFFLE(even, odd, 0, 2, 8, 10, 4, 6, 12, 14) + SHUFFLE(even, odd, 1, 3, 9, 11, 5, 7, 13, 15)

#define KERNELS(suffix, attributes)                                                                                    \
    attributes static float dot_##suffix(const float *a, const float *b, size_t count) {                               \
        float8 sum = {0};                                                                                              \
        for (size_t i = 0; i < count; i += 8) sum += LOAD(a + i) * LOAD(b + i);                                        \
        return SUM(sum);                                                                                               \
    }                                                                                                                  \
                                                                                                                       \
    attributes static void polyphase_##suffix(const tk_polyphase *filter, const float *input, size_t blocks, float *output) { \
        const size_t taps = filter->taps, phases = filter->phases, step = filter->step;                                \
        for (size_t block = 0; block < blocks; block++) {                                                              \
            const float *samples = input + block * LANES * step;                                                       \
            size_t phase = 0;                                                                                          \
            for (size_t n = 0; n < phases; n++) {                                                                      \
                const float *row = filter->coefficients + phase * taps;                                                \
                float8 lane[LANES] = {0};                                                                              \
                for (size_t i = 0; i < taps; i += 8) {                                                                 \
                    const float8 coefficients = LOAD(row + i);                                                         \
                    for (size_t l = 0; l < LANES; l++) lane[l] += coefficients * LOAD(samples + l * step + i);         \
                }                                                                                                      \
                SUMS(lane);                                                                                            \
                for (size_t l = 0; l < LANES; l++) output[n + l * phases] = sums[l];                                   \
                for (phase += step; phase >= phases; phase -= phases) samples++;                                       \
            }                                                                                                          \
            output += LANES * phases;                                                                                  \
        }                                                                                                              \
    }                                                                                                                  \
                                                                                                                       \
    attributes static void mean_##suffix(const int16_t *input, size_t count, float *output) {                          \
        for (size_t i = 0; i < count; i++) output[i] = (float)(input[2 * i] + input[2 * i + 1]) * 0x1p-16f;            \
    }                                                                                                                  \
                                                                                                                       \
    attributes static void floats_##suffix(const char *bytes, size_t count, float *output) {                           \
        for (size_t i = 0; i < count; i++) {                                                                           \
            int16_t sample;                                                                                            \
            memcpy(&sample, bytes + 2 * i, 2);                                                                         \
            output[i] = (float)sample * 0x1p-15f;                                                                      \
        }                                                                                                              \
    }                                                                                                                  \
                                                                                                                       \
    attributes static size_t silence_##suffix(float *samples, size_t count) {                                          \
        uint32_t silenced = 0;                                                                                         \
        for (size_t i = 0; i < count; i++) {                                                                           \
            const int is_bearable = (samples[i] < 1e30f) & (samples[i] > -1e30f);                                      \
            silenced += !is_bearable;                                                                                  \
            samples[i] = is_bearable ? samples[i] : 0.0f;                                                              \
        }                                                                                                              \
        return silenced;                                                                                               \
    }                                                                                                                  \
                                                                                                                       \
    attributes static tk_quantized quantize_##suffix(const float *input, size_t count, int16_t *output) {              \
        uint32_t clamped = 0, not_numbers = 0;                                                                         \
        for (size_t i = 0; i < count; i++) {                                                                           \
            float sample = input[i] * 32768.0f;                                                                        \
            const int is_number = sample == sample;                                                                    \
            not_numbers += !is_number;                                                                                 \
            clamped += (sample >= 32767.5f) | (sample < -32768.5f);                                                    \
            sample = is_number ? sample : 0.0f;                                                                        \
            sample = sample > 32767.0f ? 32767.0f : sample;                                                            \
            sample = sample < -32768.0f ? -32768.0f : sample;                                                          \
            output[i] = (int16_t)((sample + ROUNDING) - ROUNDING);                                                     \
        }                                                                                                              \
        return (tk_quantized){clamped, not_numbers};                                                                   \
    }

#include "StampKernels.h"

float tk_dot(const float *a, const float *b, size_t count) { return DISPATCH(dot, a, b, count); }

void tk_polyphase_run(const tk_polyphase *filter, const float *input, size_t blocks, float *output) {
    DISPATCH(polyphase, filter, input, blocks, output);
}

void tk_mean_of_two(const int16_t *input, size_t count, float *output) { DISPATCH(mean, input, count, output); }

void tk_floats(const void *bytes, size_t count, float *output) { DISPATCH(floats, bytes, count, output); }

size_t tk_silence_unbearable(float *samples, size_t count) { return DISPATCH(silence, samples, count); }

tk_quantized tk_quantize(const float *input, size_t count, int16_t *output) {
    return DISPATCH(quantize, input, count, output);
}
