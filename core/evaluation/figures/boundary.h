#pragma once
// How far two outlines are apart. The outline of a mask: its pixels of which one of the four neighbours is off or outside the picture
// (the mask without its erosion by a cross).
#include "core/evaluation/figures/distancetransform.h"
#include "core/values/image.h"
#include "core/values/metrics.h"

namespace gps {

// Of outlines that still count as meeting: 0.75 % of the diagonal, not rounded, in pixels (Csurka, Larlus, Perronnin 2013).
double boundaryTolerance(int width, int height);

PixelSet outlineOf(const PixelSet& mask);

// Both masks have one size (Error(Mismatch)). Linear in the pixels of the smallest rectangle round both masks.
BoundaryScore compareBoundaries(const PixelSet& predicted, const PixelSet& truth);
// The same for a prediction of the whole picture, without a distance map of it where the outline of the truth is short.
BoundaryScore compareWhole(const PixelSet& truth);

// Pixels with probability > threshold; pixels > 127.
PixelSet foregroundOf(const ProbabilityMap& probability, double threshold);
PixelSet foregroundOf(const MaskImage& mask);
PixelSet wholePicture(int width, int height);

// Linear interpolation between the order statistics at share · (n - 1), as numpy's default; share 0…1, at least one value. Reorders.
double quantileOf(std::vector<double>& values, double share);

}  // namespace gps
