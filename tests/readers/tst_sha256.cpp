#include <gtest/gtest.h>

#include <cstring>
#include <vector>

#include "core/checkpoints/readers/sha256.h"
#include "tests/readers/readerfiles.h"

namespace gps::test {
namespace {

// FIPS 180-4 examples and the million-a vector.
TEST(Sha256, KnownVectors) {
  EXPECT_EQ(sha256Hex(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(sha256Hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(sha256Hex("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  EXPECT_EQ(sha256Hex("abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu"),
            "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1");
  EXPECT_EQ(sha256Hex(std::string(1'000'000, 'a')), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST(Sha256, PiecesGiveTheSameAsTheWhole) {
  std::string all;
  for (int i = 0; i < 1000; ++i) all += static_cast<char>(i * 31);
  for (const std::size_t piece : {1u, 3u, 55u, 56u, 63u, 64u, 65u, 127u, 500u}) {
    Sha256 hash;
    for (std::size_t at = 0; at < all.size(); at += piece) hash.update(all.data() + at, std::min(piece, all.size() - at));
    EXPECT_EQ(hash.finishHex(), sha256Hex(all)) << "pieces of " << piece;
  }
}

TEST(Sha256, ObjectIsFreshAfterFinish) {
  Sha256 hash;
  hash.update("something else");
  hash.finish();
  hash.update("abc");
  EXPECT_EQ(hash.finishHex(), sha256Hex("abc"));
}

TEST(Sha256, AcceleratedEqualsPortable) {
  const auto accelerated = detail::acceleratedSha256();
  if (!accelerated) GTEST_SKIP() << "this CPU has no SHA instructions";
  std::vector<std::uint8_t> blocks(64 * 33);
  for (std::size_t i = 0; i < blocks.size(); ++i) blocks[i] = static_cast<std::uint8_t>(i * i + 7 * i);
  std::uint32_t a[8] = {1, 2, 3, 4, 5, 6, 7, 0xFFFFFFFF}, b[8];
  std::memcpy(b, a, sizeof a);
  accelerated(a, blocks.data(), 33);
  detail::portableSha256()(b, blocks.data(), 33);
  EXPECT_EQ(0, std::memcmp(a, b, sizeof a));
}

TEST(Sha256, HashesFiles) {
  const TemporaryFolder folder;
  writeBytes(folder / "full", "abc");
  writeBytes(folder / "empty", "");
  EXPECT_EQ(sha256OfFile(folder / "full"), sha256Hex("abc"));
  EXPECT_EQ(sha256OfFile(folder / "empty"), sha256Hex(""));
  EXPECT_EQ(errorOf([&] { sha256OfFile(folder / "absent"); }).code(), ErrorCode::NotFound);
}

}  // namespace
}  // namespace gps::test
