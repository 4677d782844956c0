// IMFSourceReader behind a handle, in its asynchronous mode: a read can then end without a frame.
#pragma once

#include <windows.h>

#include <mferror.h>
#include <mfidl.h>
#include <mfreadwrite.h>

#include <utility>

#include "com_object.h"
#include "media_source.h"

namespace mfvcam {

// What the source reader calls on threads of Media Foundation's. Outlives the reader if it must.
class SampleMailbox final : public ComObject<SampleMailbox, IMFSourceReaderCallback> {
 public:
    // A sample, or why there is none. S_OK without a sample: ask again.
    struct Delivery {
        HRESULT result = S_OK;
        ComPtr<IMFSample> sample;
    };

    static HRESULT create(ComPtr<SampleMailbox>* mailbox);

    // Auto reset, set by each delivery.
    [[nodiscard]] HANDLE delivered() const noexcept { return delivered_.get(); }
    // Manual reset, set when the source reader was flushed.
    [[nodiscard]] HANDLE flushed() const noexcept { return flushed_.get(); }
    [[nodiscard]] Delivery take() noexcept;
    // Puts back what take() gave: it will be the next read's.
    void put_back(Delivery delivery) noexcept;

    void* find_interface(REFIID iid) noexcept;

    STDMETHODIMP OnReadSample(HRESULT status, DWORD stream, DWORD flags, LONGLONG time,
                              IMFSample* sample) override;
    STDMETHODIMP OnFlush(DWORD stream) override;
    STDMETHODIMP OnEvent(DWORD stream, IMFMediaEvent* event) override;

 private:
    OwnedHandle delivered_;
    OwnedHandle flushed_;
    Lock lock_;
    Delivery delivery_;  // lock_
};

class SampleReader final : public CameraChild {
 public:
    static constexpr Kind object_kind = Kind::reader;

    static HRESULT create(MediaSource& source, const GUID& subtype, mfvcam_format* format,
                          mfvcam_handle* handle);

    // A call in flight: the caller holds a Lease.
    HRESULT read(UINT32 timeout, HANDLE cancel, void* buffer, UINT32 capacity,
                 mfvcam_sample* sample) noexcept;

    void end(HRESULT reason) noexcept override;
    void stopped() noexcept override { end(MF_E_VIDEO_RECORDING_DEVICE_INVALIDATED); }

 private:
    explicit SampleReader(Ref<VirtualCamera> camera) noexcept;
    ~SampleReader() override;
    void on_close() noexcept override;
    void finish() noexcept override;

    HRESULT open(MediaSource& source, const GUID& subtype);
    HRESULT describe(IMFMediaType* type, const GUID& subtype) noexcept;
    HRESULT create_reader(IMFMediaSource* source, IMFMediaType* type) noexcept;
    HRESULT request_sample() noexcept;
    HRESULT wait_for_delivery(UINT32 timeout, HANDLE cancel,
                              SampleMailbox::Delivery* delivery) noexcept;
    HRESULT copy_plane(IMF2DBuffer2* plane, BYTE* to) const noexcept;
    HRESULT copy(IMFSample* source, void* buffer, UINT32 capacity,
                 mfvcam_sample* sample) const noexcept;

    OwnedHandle ended_;  // manual reset
    std::atomic<HRESULT> reason_{S_OK};
    ComPtr<SampleMailbox> mailbox_;
    ComPtr<IMFSourceReader> reader_;
    mfvcam_format format_{};
    UINT32 row_bytes_ = 0;
    UINT32 rows_ = 0;
    std::atomic<bool> reading_{false};
    bool requested_ = false;  // by the one thread that is reading
};

}  // namespace mfvcam
