#pragma once
// The job that looks at a folder of new pictures. Engine thread.
#include "app/engine/engineworker.h"
#include "app/engine/newpicturesmessages.h"
#include "core/backbones/model.h"

namespace gps::app {

// Sends NewPicturesFound, then NewPictureSeen one by one; stage "predict", unit "images". Pictures that cannot be read are told and passed
// over. Error(NotFound) for a folder without pictures.
void lookAtNewPictures(JobContext& job, const Model& model, const NewPicturesRequest& request);

}  // namespace gps::app
