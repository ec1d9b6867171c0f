#include "CTelephonyKernels.h"
#include "Dispatch.h"

#if defined(__aarch64__)
#include <arm_neon.h>
#endif

// The quotient of a sum of at most 8000 magnitudes and their count, by multiplication. With m = ceil(2^48 / n) the error
// is below sum * n / 2^48 < 2^28 * 2^13 / 2^48, too little to reach the next quotient; sum * m stays below 2^63 + 2^28.
static inline uint16_t quotient(uint64_t sum, uint64_t reciprocal) { return (uint16_t)(sum * reciprocal >> 48); }

static uint64_t reciprocal(size_t n) { return (((uint64_t)1 << 48) + n - 1) / n; }

static uint32_t sum_baseline(const int16_t *samples, size_t count) {
    uint32_t sum = 0;
    size_t i = 0;
#if defined(__aarch64__)
    // Two instructions for eight samples: magnitudes, of which that of -32768 is 32768 without a sign, added in pairs.
    uint32x4_t wide = vdupq_n_u32(0);
    for (; i + 8 <= count; i += 8) {
        wide = vpadalq_u16(wide, vreinterpretq_u16_s16(vabsq_s16(vld1q_s16(samples + i))));
    }
    sum = vaddvq_u32(wide);
#endif
    for (; i < count; i++) sum += (uint32_t)(samples[i] < 0 ? -samples[i] : samples[i]);
    return sum;
}

static void levels_baseline(const int16_t *samples, size_t size, size_t frames, uint16_t *levels) {
    const uint64_t by_size = reciprocal(size);
    for (size_t i = 0; i < frames; i++) levels[i] = quotient(sum_baseline(samples + i * size, size), by_size);
}

#if defined(__x86_64__)
#include <immintrin.h>

#define AVX2 __attribute__((target("avx2")))

// Magnitudes summed in pairs: each sample times its own sign, +1 or -1, so that -32768 counts 32768.
AVX2 static inline __m256i pairs(const int16_t *samples) {
    const __m256i x = _mm256_loadu_si256((const __m256i *)samples);
    return _mm256_madd_epi16(x, _mm256_or_si256(_mm256_srai_epi16(x, 15), _mm256_set1_epi16(1)));
}

AVX2 static inline __m128i half_pairs(const int16_t *samples) {
    const __m128i x = _mm_loadu_si128((const __m128i *)samples);
    return _mm_madd_epi16(x, _mm_or_si128(_mm_srai_epi16(x, 15), _mm_set1_epi16(1)));
}

AVX2 static inline uint32_t sum_avx2(const int16_t *samples, size_t count) {
    __m256i wide = _mm256_setzero_si256();
    size_t i = 0;
    for (; i + 16 <= count; i += 16) wide = _mm256_add_epi32(wide, pairs(samples + i));
    __m128i sum = _mm_add_epi32(_mm256_castsi256_si128(wide), _mm256_extracti128_si256(wide, 1));
    if (i + 8 <= count) {
        sum = _mm_add_epi32(sum, half_pairs(samples + i));
        i += 8;
    }
    sum = _mm_add_epi32(sum, _mm_shuffle_epi32(sum, 0x4E));
    sum = _mm_add_epi32(sum, _mm_shuffle_epi32(sum, 0xB1));
    return (uint32_t)_mm_cvtsi128_si32(sum) + sum_baseline(samples + i, count - i);
}

// How far ahead of the frame memory is asked for, in samples. Left alone, the prefetcher does not see a stream in loads
// that unrolled loops spread over a frame: levels from memory then take three times as long (measured on Zen 5).
#define AHEAD 2048
#define SAMPLES_PER_LINE 32

// A size known to the compiler unrolls the loop.
#define LEVELS(size)                                                                                                   \
    for (size_t i = 0; i < frames; i++) {                                                                              \
        const int16_t *frame = samples + i * (size);                                                                   \
        for (size_t j = 0; j < (size); j += SAMPLES_PER_LINE) _mm_prefetch((const char *)(frame + AHEAD + j), _MM_HINT_T0); \
        levels[i] = quotient(sum_avx2(frame, (size)), by_size);                                                        \
    }                                                                                                                  \
    break

AVX2 static void levels_avx2(const int16_t *samples, size_t size, size_t frames, uint16_t *levels) {
    const uint64_t by_size = reciprocal(size);
    switch (size) {
    case 40: LEVELS(40);
    case 160: LEVELS(160);
    default: LEVELS(size);
    }
}
#endif

uint32_t tk_sum_magnitudes(const int16_t *samples, size_t count) { return DISPATCH(sum, samples, count); }

void tk_levels(const int16_t *samples, size_t size, size_t frames, uint16_t *levels) {
    DISPATCH(levels, samples, size, frames, levels);
}
