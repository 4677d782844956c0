// The shared-client IMFMediaSource of a camera, behind a handle. It ends with the camera.
#pragma once

#include <windows.h>

#include <atomic>

#include "virtual_camera.h"

namespace mfvcam {

class MediaSource final : public Object {
 public:
    static constexpr Kind object_kind = Kind::media_source;

    static HRESULT create(Ref<VirtualCamera> camera, mfvcam_handle* handle);

    // With a reference that is the caller's.
    HRESULT share_com_pointer(IUnknown** pointer) const noexcept;
    [[nodiscard]] const ComPtr<IMFMediaSource>& get() const noexcept { return source_; }
    [[nodiscard]] const Ref<VirtualCamera>& camera() const noexcept { return camera_; }

    // For the one reader that shuts the source down; false if there was one.
    [[nodiscard]] bool take() noexcept { return !taken_.exchange(true); }

 private:
    explicit MediaSource(Ref<VirtualCamera> camera) noexcept;
    ~MediaSource() override;
    void on_close() noexcept override {}
    void finish() noexcept override;

    const Ref<VirtualCamera> camera_;
    ComPtr<IMFMediaSource> source_;
    std::atomic<bool> taken_{false};
};

}  // namespace mfvcam
