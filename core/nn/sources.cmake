set(nn_sources trainableset.cpp errortranslation.cpp parametermap.cpp weightarena.cpp parameter.cpp selectivebackward.cpp linear.cpp norm.cpp cudanorm.cpp weightgradient.cpp sampledgradient.cpp selectedentries.cpp selectiveweight.cpp gradientpathfile.cpp gradientpaths.cpp observation.cpp
  conv.cpp convproducts.cpp devicewait.cpp prioritystream.cpp windows.cpp biasspread.cpp droppath.cpp recompute.cpp selfattention.cpp packedattention.cpp productattention.cpp shiftedattention.cpp
  windowattention.cpp cudaattention.cpp projectedattention.cpp relativeattention.cpp)
