#include "media_source.h"

#include <mferror.h>

#include "apartment.h"
#include "handle_table.h"

namespace mfvcam {

MediaSource::MediaSource(Ref<VirtualCamera> camera) noexcept
    : Object(object_kind), camera_(std::move(camera)) {}

MediaSource::~MediaSource() = default;

HRESULT MediaSource::create(Ref<VirtualCamera> camera, mfvcam_handle* handle) {
    const auto object = Ref<MediaSource>::adopt(new MediaSource(std::move(camera)));
    HRESULT hr = object->camera_->get_media_source(&object->source_);
    if (SUCCEEDED(hr)) {
        ++ledger.media_sources;
        hr = handles::publish(object, handle);
    }
    if (FAILED(hr)) {
        object->close();
    }
    return hr;
}

HRESULT MediaSource::share_com_pointer(IUnknown** pointer) const noexcept {
    if (camera_->is_shut_down()) {
        return MF_E_SHUTDOWN;
    }
    return in_mta([&] {
        source_->AddRef();
        *pointer = source_.get();
        return S_OK;
    });
}

// Released, not shut down: its lifetime is the camera's (IMFVirtualCamera::GetMediaSource).
void MediaSource::finish() noexcept {
    if (source_) {
        in_mta([this] {
            source_.reset();
            return S_OK;
        });
        --ledger.media_sources;
    }
}

}  // namespace mfvcam
