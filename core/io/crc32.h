#pragma once
#include <cstddef>
#include <cstdint>

namespace gps {

// The checksum of PNG chunks (CRC-32 of ISO 3309).
std::uint32_t crc32(const std::uint8_t* bytes, std::size_t size);

}  // namespace gps
